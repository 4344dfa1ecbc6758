"""How a call goes on once its relay is over, or its caller has spoken with a person."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone import twiml
from channels.phone.connecting import Connecting
from channels.phone.gathering import TheGathering
from channels.phone.news import News, news_of
from channels.phone.parts import TheParts
from channels.phone.rating import question
from channels.phone.rooms import room_of
from channels.phone.webhooks import RelayEnded
from channels.phone.wording import say, with_language
from channels.settings import PhoneMode
from crm_store.base import utc_now
from crm_store.calls.models import CallRelay, CallTurn
from crm_store.calls.repository import CallRepository
from crm_store.conversations.models import Conversation, Handler, Kind
from crm_store.conversations.rating import ask_rating
from crm_store.conversations.repository import ConversationRepository
from crm_store.legs.leaving import leave_room

ENDED = "ended:"
"""The question that a relay's end asks, before the relay."""
ANY = 2**31 - 1
"""Later than every message of a conversation."""


class Resuming:
    """Goes on with callers; the same question always gets the same answer."""

    def __init__(self, parts: TheParts, gathering: TheGathering) -> None:
        self._settings = parts.settings
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._patience = parts.patience
        self._gathering = gathering
        self._connecting = Connecting(parts.settings, parts.hints)

    async def after_relay(self, relay: RelayEnded) -> str:
        """Go on where a relay has left the caller, who is still there.

        It may be asked twice at once, and by way of what stands by for us without a session.
        """
        async with self._sessions.begin() as session:
            calls = CallRepository(session)
            over = await calls.relay(relay.call_sid, session=relay.session_id)
            if over is None:
                return twiml.hang_up()
            conversation = await ConversationRepository(session).lock(over.conversation_id)
            asked = f"{ENDED}{over.id}"
            before = await calls.answered(relay.call_sid, asked)
            if before is not None:
                return before
            if conversation.call != relay.call_sid:
                return await self._keep(
                    session, conversation, asked, twiml.hang_up(), call=over.call
                )
            if relay.lost:
                return await self._take_over(session, conversation, over, asked)
            return await self._go_on(session, conversation, asked, after=over.position)

    async def after_room(self, call_sid: str, room: str) -> str:
        """Go on with a caller who has come out of a room, since the agent has left it."""
        asked = f"left:{room}"
        async with self._sessions.begin() as session:
            before = await CallRepository(session).answered(call_sid, asked)
            left = None if before else await leave_room(session, call_sid, room)
        if left is None:
            return before or twiml.hang_up()
        await self._let_others_know(left)
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(left)
            # Two deliveries may come at once; the lock lets the second see the first.
            before = await CallRepository(session).answered(call_sid, asked)
            if before is not None:
                return before
            after = await ConversationRepository(session).last_step(left, *_heard(conversation))
            return await self._go_on(session, conversation, asked, after=after)

    async def _let_others_know(self, conversation_id: UUID) -> None:
        self._turns.kick(conversation_id)
        self._hub.moved(conversation_id)
        await self._turns.settled(conversation_id, ANY, at_most=self._patience.answer)

    async def _take_over(
        self, session: AsyncSession, conversation: Conversation, relay: CallRelay, asked: str
    ) -> str:
        await CallRepository(session).failed(relay, at=utc_now())
        return await self._gathering.take_over(session, conversation, relay, asked=asked)

    async def _go_on(
        self, session: AsyncSession, conversation: Conversation, asked: str, *, after: int
    ) -> str:
        news = await news_of(session, conversation.id, after=after)
        if news.room is not None:
            answer = twiml.join(room_of(self._settings, news.room), language=conversation.language)
            return await self._keep(session, conversation, asked, answer)
        if conversation.handler is Handler.closed:
            rated = await ask_rating(session, conversation.id, at=utc_now())
            answer = question(self._settings, conversation.language) if rated else twiml.hang_up()
            return await self._keep(session, conversation, asked, answer)
        if await self._plain(session, conversation):
            return await self._gathering.resume(session, conversation, position=after, asked=asked)
        return await self._reconnect(session, news, asked, after=after)

    async def _reconnect(self, session: AsyncSession, news: News, asked: str, *, after: int) -> str:
        conversation = news.conversation
        told = (news.told(message) for message in news.messages)
        words = " ".join(with_language(said, conversation.language).text for said in told if said)
        return await self._connecting.connect(
            session,
            conversation,
            greeting=words or say("back_from_person", conversation.language),
            position=news.messages[-1].seq if news.messages else after,
            asked=asked,
        )

    async def _plain(self, session: AsyncSession, conversation: Conversation) -> bool:
        """Return whether a call is held without a relay."""
        relay = await CallRepository(session).relay(conversation.sid)
        failed = relay is not None and relay.failed_at is not None
        return failed or self._settings.rapport_phone_mode is PhoneMode.gather

    async def _keep(
        self,
        session: AsyncSession,
        conversation: Conversation,
        asked: str,
        answer: str,
        *,
        call: str | None = None,
    ) -> str:
        calls = CallRepository(session)
        call = call or conversation.sid
        last = await calls.last_turn(call)
        calls.keep(
            CallTurn(
                conversation_id=conversation.id,
                call=call,
                step=asked,
                number=1 if last is None else last.number + 1,
                position=conversation.last_seq,
                told_at=utc_now(),
                quiet=0,
                answer=answer,
            )
        )
        return answer


TheResuming = Annotated[Resuming, Depends()]


def _heard(conversation: Conversation) -> tuple[Kind, ...]:
    """Return the steps that a caller who has been in a room knows of.

    Whoever was passed on to a colleague in it has heard them there; one who writes is news.
    """
    if conversation.handler is Handler.agent:
        return (Kind.connected,)
    return (Kind.connected, Kind.transferred)
