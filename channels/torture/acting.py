"""An agent, or what makes offers, as a process of its own that may be killed at any moment."""

import asyncio
from random import Random
from uuid import UUID, uuid4

from channels.desk.routing import Routing
from channels.hub import Hub
from crm_store.agents.answering import reply
from crm_store.agents.claiming import take
from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.base import utc_now
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.errors import AlreadyClaimed, LateWrite, OfferGone, UnknownAgent, WrongHandler
from crm_store.handoffs.service import close
from crm_store.routing.duty import choose_status
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Status
from crm_store.routing.repository import OfferRepository
from crm_store.routing.service import accept, decline
from crm_store.strategy.repository import PolicyRepository

LOOK_SECONDS = 0.02
DECLINES, TAKES_FROM_LIST, STALLS = 0.05, 0.3, 0.01
"""Of the times in which an agent could, how often they do."""
ROUTING = "routing"
Held = tuple[UUID, int]
"""A conversation, and the epoch that the agent was given for it."""


class Acting:
    """An agent who answers whom they are offered, and sometimes drops off for too long."""

    def __init__(self, agent: Agent, sessions: SessionFactory) -> None:
        self._agent = agent
        self._sessions = sessions
        self._chance = Random()  # noqa: S311 - no secret

    async def work(self) -> None:
        """Go on for ever, first with whom they had when they were killed."""
        async with self._sessions.begin() as session:
            await choose_status(session, self._agent.id, Status.available, at=utc_now())
            held = await OfferRepository(session).held_by(self._agent.id)
        for conversation in held:
            await self._answer(conversation.id, conversation.epoch)
        while True:
            found = await self._next()
            if found is None:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                await self._answer(*found)

    async def _next(self) -> Held | None:
        try:
            async with self._sessions.begin() as session:
                await DutyRepository(session).here(self._agent.id, at=utc_now())
            async with self._sessions.begin() as session:
                offers = OfferRepository(session)
                if self._chance.random() < TAKES_FROM_LIST:
                    first = await offers.first_in_line()
                    if first is None:
                        return None
                    return first, await take(session, first, self._agent)
                rings = await offers.ringing_at(self._agent.id)
                if rings is None:
                    return None
                if self._chance.random() < DECLINES:
                    await decline(session, rings, self._agent, at=utc_now())
                    return None
                return await accept(session, rings, self._agent, at=utc_now())
        except (AlreadyClaimed, OfferGone):
            return None

    async def _answer(self, conversation: UUID, epoch: int) -> None:
        """Say something and close; a stall may be so long that both come too late."""
        try:
            await self._say(conversation, epoch)
            if self._chance.random() < STALLS:
                await self._stall()
            await self._say(conversation, epoch)
            async with self._sessions.begin() as session:
                agent = self._agent
                await close(session, conversation, agent, epoch=epoch, outcome="solved", note="")
        except (LateWrite, WrongHandler):
            return

    async def _say(self, conversation: UUID, epoch: int) -> None:
        async with self._sessions.begin() as session:
            await reply(
                session,
                conversation,
                self._agent,
                epoch=epoch,
                client_id=str(uuid4()),
                text="I see to it",
            )

    async def _stall(self) -> None:
        async with self._sessions() as session:
            policy = (await PolicyRepository(session).current()).routing
        await asyncio.sleep(policy.lapse_after_seconds * self._chance.uniform(1.2, 2.0))


def act(database_url: str, who: str) -> None:
    """Be an agent of this login, or what makes offers, until killed."""
    asyncio.run(_act(database_url, who))


async def _act(database_url: str, who: str) -> None:
    engine = create_engine(database_url, connections=2)
    sessions = create_session_factory(engine)
    if who == ROUTING:
        await _route(sessions)
    async with sessions() as session:
        agent = await AgentRepository(session).find(who)
    if agent is None:
        raise UnknownAgent(who)
    await Acting(agent, sessions).work()


async def _route(sessions: SessionFactory) -> None:
    routing = Routing(sessions=sessions, hub=Hub(sessions))
    while True:
        await routing.look()
        await asyncio.sleep(LOOK_SECONDS)
