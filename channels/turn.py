"""One turn of a conversation, the same on every channel.

    message in -> recorded -> answered by whoever has the conversation -> recorded -> message out

A channel's whole job is to build an InboundMessage, call `take`, and render the rows that follow.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.answering import Answering
from channels.held import LEASE
from channels.hiding import Hiding, masked
from channels.hub import Hub
from channels.language import Detect
from channels.messages import InboundMessage, Receipt
from crm_store.base import Json, Language, utc_now
from crm_store.conversations.models import (
    Author,
    Conversation,
    ConversationRef,
    Handler,
    Kind,
    Message,
    Turn,
)
from crm_store.conversations.overtaking import UNHEARD
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.customers.pins import SEALED
from crm_store.db import SessionFactory
from crm_store.errors import SameIdOtherWords, WrongHandler
from crm_store.handoffs.escalating import A_PERSON, FACT, escalation_of
from crm_store.handoffs.waiting_on import INSTEAD, leave_queue


class Turns:
    """Takes what customers say into the record, and has the bot answer it."""

    def __init__(
        self,
        *,
        sessions: SessionFactory,
        hub: Hub,
        answering: Answering,
        detect: Detect,
        hiding: Hiding,
    ) -> None:
        self._sessions = sessions
        self._hub = hub
        self._answering = answering
        self._detect = detect
        self._hiding = hiding

    async def open(
        self,
        ref: ConversationRef,
        language: Language,
        *,
        visitor: str | None = None,
        facts: Json | None = None,
    ) -> UUID:
        """Begin a conversation, for the bot to greet; one that has begun is left as it is."""
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).start(
                ref, language, visitor=visitor
            )
            turn = None
            if conversation.last_seq == 0:
                turn = await owe_opening(session, conversation, facts=facts)
        if turn is None:
            self.kick(conversation.id)
        else:
            self.begin(turn)
        return conversation.id

    def begin(self, turn: Turn) -> None:
        """Have the bot work on a turn that was taken for this process."""
        self._answering.begin(turn)

    async def take(self, message: InboundMessage) -> Receipt:
        """Record a message, safe once this returns; the bot answers it, or a person will.

        A repeated client id is the same message and changes nothing; it raises SameIdOtherWords
        if the words differ, and WrongHandler if the conversation is closed.
        """
        async with self._sessions.begin() as session:
            conversations = ConversationRepository(session)
            conversation = await conversations.lock(message.conversation)
            message = self._hiding.hide(message, conversation)
            before = await conversations.message_by_client(
                conversation.id, Author.customer, message.client_id
            )
            if before is not None:
                return _repeated(before, message)
            if conversation.handler is Handler.closed:
                raise WrongHandler(f"conversation {conversation.id} is closed")
            if _chooses_not_to_wait(conversation, message):
                await leave_queue(session, conversation)
            said = self._record(conversations, conversation, message)
            turn = await self._owe(session, conversation, said, message)
        if turn is not None:
            self.begin(turn)
        self._hub.tell(conversation.id)
        return Receipt(said.seq)

    def kick(self, conversation_id: UUID) -> None:
        """Have the bot work on whatever it owes this conversation."""
        self._answering.kick(conversation_id)

    async def settled(self, conversation_id: UUID, seq: int, *, at_most: float) -> bool:
        """Wait until the bot owes nothing up to a message; False if that takes too long."""
        deadline = utc_now() + timedelta(seconds=at_most)
        async with self._hub.watch(conversation_id) as bell:
            while utc_now() < deadline:
                async with self._sessions() as session:
                    if not await TurnRepository(session).owed_up_to(conversation_id, seq):
                        return True
                await bell.wait(min(1.0, at_most))
        return False

    async def _owe(
        self,
        session: AsyncSession,
        conversation: Conversation,
        said: Message,
        message: InboundMessage,
    ) -> Turn | None:
        """Owe an answer if it is the bot's to give; return the turn if it can begin at once."""
        if conversation.handler is not Handler.bot:
            return None
        turns = TurnRepository(session)
        waits = await turns.owes(conversation.id)
        turn = await self._owed(session, conversation, said, message)
        if waits:
            return None
        # Taken in the transaction that records it: the usual turn costs no other.
        turn.take(utc_now(), LEASE)
        return turn

    async def _owed(
        self,
        session: AsyncSession,
        conversation: Conversation,
        said: Message,
        message: InboundMessage,
    ) -> Turn:
        """Owe an answer to what is meant; a rule of the shop's may say that it is a person."""
        facts: Json = {UNHEARD: True} if message.unheard else {}
        if message.sealed is not None:
            facts[SEALED] = message.sealed
        choice = None if message.choice is None else message.choice.meaning()
        if choice is None:
            escalation = await escalation_of(session, conversation, said, message.text)
            if escalation is not None:
                facts, choice = {**facts, FACT: escalation}, A_PERSON
        return await TurnRepository(session).owe(
            conversation, said, text=message.text, choice=choice, facts=facts
        )

    def _record(
        self,
        conversations: ConversationRepository,
        conversation: Conversation,
        message: InboundMessage,
    ) -> Message:
        conversation.heard_from_customer(utc_now())
        conversation.language = (
            message.language or self._detect(message.text) or conversation.language
        )
        return conversations.add(
            conversation,
            Author.customer,
            message.recorded,
            kind=message.kind,
            client_id=message.client_id,
        )


async def owe_opening(
    session: AsyncSession, conversation: Conversation, *, facts: Json | None = None
) -> Turn:
    """Open a conversation that nothing was said in, for the bot to greet; it is locked.

    The turn is taken for this process, which has the bot work on it once it is on record.
    """
    opened = ConversationRepository(session).add(conversation, Author.system, kind=Kind.opened)
    turn = await TurnRepository(session).owe(conversation, opened, facts=facts)
    turn.take(utc_now(), LEASE)
    return turn


def _chooses_not_to_wait(conversation: Conversation, message: InboundMessage) -> bool:
    waits = conversation.handler is Handler.queue
    return waits and message.choice is not None and message.choice.intent in INSTEAD


def _repeated(before: Message, message: InboundMessage) -> Receipt:
    if before.text != message.recorded and before.text != masked(message.text):
        raise SameIdOtherWords(f"message {before.id} came with other words")
    return Receipt(before.seq, repeated=True)
