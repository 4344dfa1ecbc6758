"""How a call begins, goes on after a lost connection, and ends."""

from secrets import token_urlsafe
from uuid import UUID

from channels.hub import QUEUE, Hub
from channels.phone import twiml
from channels.phone.callers import Callers
from channels.phone.patience import Patience
from channels.phone.signature import relay_url, webhook_url
from channels.phone.speech import spoken
from channels.phone.webhooks import RelayEnded, Ringing
from channels.phone.wording import say
from channels.settings import ChannelSettings
from channels.turn import Turns
from crm_store.base import Language
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import KnownCaller, hang_up, known_caller, note_claim
from crm_store.conversations.models import Author, Channel, Conversation, ConversationRef, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory

MOST_RELAYS = 6
BEGINNING = 1
"""The number of the message that opens a conversation."""


class Line:
    """Answers Twilio's questions about calls; the same question always gets the same answer."""

    def __init__(
        self,
        settings: ChannelSettings,
        *,
        turns: Turns,
        sessions: SessionFactory,
        hub: Hub,
        patience: Patience,
    ) -> None:
        self._patience = patience
        self._turns = turns
        self._sessions = sessions
        self._hub = hub
        self._callers = Callers(settings.rapport_secret.get_secret_value())
        self._addresses = twiml.Addresses(
            relay=relay_url(settings, "/phone/relay"),
            ended=webhook_url(settings, "/phone/ended"),
        )

    async def begin(self, call: Ringing, line_language: Language) -> str:
        """Greet a caller, in their own language if we know whose number it is."""
        step = "voice"
        async with self._sessions() as session:
            before = await CallRepository(session).answered(call.call_sid, step)
            caller = await known_caller(session, call.from_)
        if before is not None:
            return before.answer
        ref = ConversationRef(Channel.phone, call.call_sid)
        language = line_language if caller is None else caller.language
        conversation_id = await self._turns.open(ref, language)
        await self._note(conversation_id, call.from_, caller)
        await self._turns.settled(conversation_id, BEGINNING, at_most=self._patience.greeting)
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            greeting, position = await _first_words(ConversationRepository(session), conversation)
            return await self._connect(
                CallRepository(session), conversation, step, greeting=greeting, position=position
            )

    async def go_on(self, relay: RelayEnded) -> str:
        """Take up a call whose socket was lost where the caller was left; end any other."""
        if not relay.lost:
            await self.end(relay.call_sid)
            return twiml.hang_up()
        async with self._sessions.begin() as session:
            calls = CallRepository(session)
            last = await calls.latest(relay.call_sid)
            if last is None:
                return twiml.hang_up()
            conversation = await ConversationRepository(session).lock(last.conversation_id)
            step = f"lost:{relay.session_id}"
            before = await calls.answered(relay.call_sid, step)
            if before is not None:
                return before.answer
            language = conversation.language
            if conversation.handler is Handler.closed or (
                await calls.relays(relay.call_sid) >= MOST_RELAYS
            ):
                return twiml.goodbye(say("unreachable", language), language)
            return await self._connect(
                calls, conversation, step, greeting=say("back", language), position=last.position
            )

    async def end(self, call_sid: str) -> None:
        """Note that the caller is gone; whoever had the conversation learns of it."""
        async with self._sessions.begin() as session:
            ref = ConversationRef(Channel.phone, call_sid)
            conversation = await ConversationRepository(session).find(ref)
            if conversation is None or not await hang_up(session, conversation.id):
                return
        self._hub.tell(conversation.id)
        self._hub.tell(QUEUE)

    async def _note(self, conversation_id: UUID, number: str, caller: KnownCaller | None) -> None:
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            conversation.caller_hash = self._callers.hashed(number)
            if caller is not None:
                note_claim(conversation, caller)

    async def _connect(
        self,
        calls: CallRepository,
        conversation: Conversation,
        step: str,
        *,
        greeting: str,
        position: int,
    ) -> str:
        # Two deliveries of one webhook may come at once; the lock lets the second see the first.
        before = await calls.answered(conversation.key, step)
        if before is not None:
            return before.answer
        ticket = token_urlsafe(32)
        answer = twiml.relay(
            self._addresses, greeting=greeting, language=conversation.language, ticket=ticket
        )
        calls.answer(
            CallRelay(
                conversation_id=conversation.id,
                call=conversation.key,
                step=step,
                ticket=ticket,
                position=position,
                language=conversation.language,
                answer=answer,
            )
        )
        return answer


async def _first_words(
    conversations: ConversationRepository, conversation: Conversation
) -> tuple[str, int]:
    """Return what the caller hears first, and the number of the last message that is in it.

    A silent assistant is covered for honestly; what it says later is spoken then.
    """
    messages = await conversations.since(conversation.id, 0)
    said = [message for message in messages if message.author is Author.bot]
    if not said or conversation.handler is not Handler.bot:
        return say("greeting", conversation.language), BEGINNING
    words = " ".join(spoken(message, conversation.language) for message in said)
    return words, messages[-1].seq
