"""Rings an agent who wants to speak with a caller themself, and lets them in once they say yes."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.dependencies import TheHub, ThePhoneCompany, TheSessions, TheSettings
from channels.phone import twiml
from channels.phone.browser import address_of
from channels.phone.rest import PhoneCompanyFailed
from channels.phone.rooms import room_of_agent
from channels.phone.signature import webhook_url
from channels.phone.webhooks import Gathered, RoomChanged, StatusChanged
from channels.phone.whisper import whispered
from channels.phone.wording import say
from crm_store.agents.models import Agent
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import NoTelephone, UnknownLeg
from crm_store.legs import service as legs
from crm_store.legs.brief import brief_of
from crm_store.legs.models import Leg, LegState, Part
from crm_store.legs.repository import LegRepository
from crm_store.strategy.repository import PolicyRepository

YES, NO = "1", "2"
REFUSED, UNANSWERED = frozenset({"failed"}), "no-answer"
WAITING_SECONDS = 10

logger = logging.getLogger(__name__)


class Dialling:
    """Brings an agent and a caller together; whatever comes twice or late changes nothing."""

    def __init__(
        self,
        settings: TheSettings,
        *,
        sessions: TheSessions,
        hub: TheHub,
        company: ThePhoneCompany,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._hub = hub
        self._company = company

    async def ring(self, conversation_id: UUID, agent: Agent) -> Leg:
        """Have the agent's telephone rung; it rings once, however often that is asked."""
        self.address(agent)
        async with self._sessions.begin() as session:
            leg, is_new = await legs.ring(session, conversation_id, agent)
        self._hub.moved(conversation_id)
        if is_new:
            await self.call(leg, agent)
        return leg

    def address(self, agent: Agent) -> str:
        """Return where an agent is rung, or raise NoTelephone."""
        address = address_of(agent, self._settings)
        if address is None:
            raise NoTelephone(str(agent.id))
        return address

    async def answer(self, leg_id: UUID) -> str:
        """Tell whoever has picked up what the call is about, and ask for a key."""
        async with self._sessions.begin() as session:
            leg = await legs.pick_up(session, leg_id)
            conversation = await ConversationRepository(session).get(leg.conversation_id)
            language = await _language(session, leg, conversation)
            brief = await brief_of(session, conversation, at=utc_now())
            policy = (await PolicyRepository(session).current()).phone
        self._hub.moved(conversation.id)
        if leg.state is LegState.late:
            return _too_late(conversation, language)
        listens = leg.part is Part.listener
        question = (language, say("brief_listens" if listens else "brief_question", language))
        return twiml.whisper(
            [*whispered(brief, language), question],
            chosen=self._url(leg.id, "chosen"),
            seconds=policy.accept_seconds,
        )

    async def choose(self, leg_id: UUID, heard: Gathered) -> str:
        """Let an agent in who has said yes; a no, another key and silence are a no."""
        async with self._sessions.begin() as session:
            if heard.digits == YES:
                leg = await legs.accept(session, leg_id, at=utc_now())
            else:
                no = LegState.declined if heard.digits == NO else LegState.missed
                leg = await legs.put_down(session, leg_id, no)
            conversation = await ConversationRepository(session).get(leg.conversation_id)
            language = await _language(session, leg, conversation)
        self._hub.moved(conversation.id)
        if leg.in_room:
            room = room_of_agent(
                self._settings,
                leg.room,
                leg.id,
                ends=leg.part is Part.agent,
                muted=leg.part is Part.listener,
            )
            return twiml.join(room, language=language)
        if leg.state is LegState.late:
            return _too_late(conversation, language)
        return twiml.goodbye(language, say("brief_declined", language))

    async def leave(self, leg_id: UUID) -> str:
        """Say to an agent whose call has come out of its room that it is over."""
        async with self._sessions.begin() as session:
            leg = await legs.put_down(session, leg_id, LegState.left)
            conversation = await ConversationRepository(session).get(leg.conversation_id)
            language = await _language(session, leg, conversation)
        self._hub.moved(conversation.id)
        return twiml.goodbye(language, say("call_over", language))

    async def note(self, leg_id: UUID, change: StatusChanged) -> bool:
        """Take note that the call of a leg is over; return whether it rang in vain."""
        if not change.over:
            return False
        state = LegState.failed if change.call_status in REFUSED else LegState.missed
        async with self._sessions.begin() as session:
            leg = await legs.put_down(session, leg_id, state)
        self._hub.moved(leg.conversation_id)
        return change.call_status == UNANSWERED

    async def ring_again(self, leg_id: UUID) -> None:
        """Have a telephone rung once more that nobody has picked up, as the shop's policy is."""
        async with self._sessions.begin() as session:
            tries = (await PolicyRepository(session).current()).phone.tries
            again = await legs.ring_again(session, leg_id, tries=tries)
        if again is None:
            return
        leg, agent = again
        self._hub.moved(leg.conversation_id)
        with suppress(PhoneCompanyFailed):
            await self.call(leg, agent)

    async def hear(self, room: str, change: RoomChanged) -> None:
        """Take note of what happened in a room."""
        if change.event is None:
            return
        async with self._sessions.begin() as session:
            conversation_id = await legs.hear_room(session, room, change.event, at=utc_now())
        self._hub.moved(conversation_id)

    async def wait(self, room: str, *, held: bool) -> str:
        """Have whoever is alone in a room, or on hold, know that it goes on."""
        async with self._sessions() as session:
            opened = await LegRepository(session).of_room(room)
            if not opened:
                raise UnknownLeg(room)
            conversation = await ConversationRepository(session).get(opened[0].conversation_id)
        language = conversation.language
        return twiml.keep_waiting(
            say("on_hold" if held else "waiting_room", language),
            again=webhook_url(
                self._settings, f"/phone/room/{room}/{'held' if held else 'waiting'}"
            ),
            language=language,
            seconds=WAITING_SECONDS,
        )

    async def stop_ringing(self, conversation_id: UUID) -> None:
        """Ring nobody any more for a caller who is gone; a room is over without them."""
        async with self._sessions() as session:
            live = await LegRepository(session).live(conversation_id)
        await self._put_down([leg for leg in live if not leg.in_room])

    async def release(self, conversation_id: UUID) -> None:
        """Put down every telephone of an agent that still rings or talks for a conversation."""
        async with self._sessions() as session:
            live = await LegRepository(session).live(conversation_id)
        await self._put_down(live)

    async def _put_down(self, live: Sequence[Leg]) -> None:
        for leg in live:
            if leg.agent_id is not None and leg.call is not None:
                await self._hang_up(leg.call)

    async def call(self, leg: Leg, agent: Agent) -> None:
        """Have the telephone of a leg rung; one that cannot be is put down."""
        async with self._sessions() as session:
            policy = (await PolicyRepository(session).current()).phone
        # No session is open here: the phone company may take its time.
        try:
            call = await self._company.call(
                self.address(agent),
                ring_seconds=policy.ring_seconds,
                answer_url=self._url(leg.id, "answer"),
                status_url=self._url(leg.id, "status"),
            )
        except PhoneCompanyFailed:
            async with self._sessions.begin() as session:
                await legs.put_down(session, leg.id, LegState.failed)
            self._hub.moved(leg.conversation_id)
            raise
        async with self._sessions.begin() as session:
            wanted = await legs.placed(session, leg.id, call)
        if not wanted:
            await self._hang_up(call)

    async def _hang_up(self, call: str) -> None:
        try:
            await self._company.hang_up(call)
        except PhoneCompanyFailed:
            # Whoever picks up hears that the call is over.
            logger.warning("an agent's telephone could not be put down")

    def _url(self, leg_id: UUID, event: str) -> str:
        return webhook_url(self._settings, f"/phone/leg/{leg_id}/{event}")


TheDialling = Annotated[Dialling, Depends()]


def _too_late(conversation: Conversation, language: Language) -> str:
    gone = conversation.handler is Handler.closed
    return twiml.goodbye(language, say("brief_gone" if gone else "brief_late", language))


async def _language(session: AsyncSession, leg: Leg, conversation: Conversation) -> Language:
    """Return the language of the agent at the other end."""
    agent = None if leg.agent_id is None else await session.get(Agent, leg.agent_id)
    return (agent and agent.language) or conversation.language
