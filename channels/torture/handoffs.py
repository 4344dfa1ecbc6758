"""Escalations by the thousand, agents and programs that are killed: none lost, none taken twice."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from random import Random
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from channels.torture.acting import ROUTING, act
from crm_store.agents.models import Agent
from crm_store.base import Json, Language, utc_now
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    ConversationRef,
    Handler,
    Kind,
    Message,
)
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import hand_off
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository

ROUTERS = 2
"""Processes that make offers at once, as with two fronts."""
QUICK: Json = {
    "ring_seconds": 2,
    "again_after_seconds": 0,
    "widen_after_seconds": 1,
    "wrap_up_seconds": 0,
    "away_after_seconds": 1,
    "lapse_after_seconds": 2,
}
"""Seconds for minutes, so that leases end while it runs."""
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Torture:
    """How many wait, how many answer, and how often somebody is killed."""

    escalations: int
    agents: int
    kill_every: float
    """Seconds between two kills, on the average."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What came of it."""

    seconds: float
    killed_agents: int
    killed_routers: int
    finished: int
    lost: int
    """Who still waits, or is with somebody, after all is over."""
    twice: int
    """Who was closed more than once, or by somebody who did not have them."""
    lapses: int

    @property
    def holds(self) -> bool:
        """Whether the promise was kept."""
        return self.lost == 0 and self.twice == 0


async def torture(
    sessions: SessionFactory, database_url: str, what: Torture, *, seed_of_chance: int
) -> Toll:
    """Have everybody answered while agents and what makes offers are killed again and again."""
    logins = await _prepared(sessions, what)
    began = perf_counter()
    crowd = Crowd(database_url, [*logins, *[ROUTING] * ROUTERS])
    killing = asyncio.create_task(crowd.kill(Random(seed_of_chance), every=what.kill_every))  # noqa: S311 - no secret
    try:
        await _until_all_are_answered(sessions)
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
        crowd.end()
    async with sessions() as session:
        return await _toll(session, perf_counter() - began, crowd.killed)


class Crowd:
    """Processes, each of which is started again when it is killed."""

    def __init__(self, database_url: str, names: Sequence[str]) -> None:
        self._database_url = database_url
        self._names = list(names)
        self._forking = get_context("forkserver")
        # Loaded once: whoever is killed is back at once, as a person is at another page.
        self._forking.set_forkserver_preload(["channels.torture.acting"])
        self._running: list[BaseProcess | None] = [None] * len(names)
        self.killed: Counter[str] = Counter()

    async def kill(self, chance: Random, *, every: float) -> None:
        """Start them all, and kill one after another for ever."""
        for place in range(len(self._names)):
            self._start(place)
        while True:
            await asyncio.sleep(chance.uniform(0, 2 * every))
            place = chance.randrange(len(self._names))
            self._stop(place)
            self.killed["router" if self._names[place] == ROUTING else "agent"] += 1
            self._start(place)

    def end(self) -> None:
        """Stop them all."""
        for place in range(len(self._names)):
            self._stop(place)

    def _start(self, place: int) -> None:
        told = self._database_url, self._names[place]
        process = self._forking.Process(target=act, args=told, daemon=True)
        process.start()
        self._running[place] = process

    def _stop(self, place: int) -> None:
        process = self._running[place]
        if process is not None:
            process.kill()
            process.join()


async def _prepared(sessions: SessionFactory, what: Torture) -> list[str]:
    async with sessions.begin() as session:
        rules = {**seed()["routing"], **QUICK}
        await PolicyRepository(session).change("routing", rules, at=utc_now())
        logins = [f"agent-{number}" for number in range(what.agents)]
        session.add_all(Agent(login=login, name=login, password_hash="") for login in logins)
    for number in range(what.escalations):
        async with sessions.begin() as session:
            await _escalate(session, number)
    return logins


async def _escalate(session: AsyncSession, number: int) -> None:
    conversations = ConversationRepository(session)
    ref = ConversationRef(Channel.chat, uuid4().hex)
    begun = await conversations.start(ref, list(Language)[number % 2])
    conversation = await conversations.lock(begun.id)
    said = conversations.add(conversation, Author.customer, "A person, please")
    reason = list(Reason)[number % len(Reason)]
    await hand_off(session, conversation, reason, trigger_seq=said.seq)


async def _until_all_are_answered(sessions: SessionFactory) -> None:
    still = select(func.count()).where(Conversation.handler != Handler.closed)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with sessions() as session:
                if not await session.scalar(still):
                    return
            await asyncio.sleep(0.5)


async def _toll(session: AsyncSession, seconds: float, killed: Counter[str]) -> Toll:
    conversations = (await session.scalars(select(Conversation))).all()
    rows = await session.scalars(select(Message).order_by(Message.conversation_id, Message.seq))
    story: dict[UUID, list[Message]] = {conversation.id: [] for conversation in conversations}
    for message in rows:
        story[message.conversation_id].append(message)
    closed = [one for one in conversations if one.handler is Handler.closed]
    return Toll(
        seconds=seconds,
        killed_agents=killed["agent"],
        killed_routers=killed["router"],
        finished=len(closed),
        lost=len(conversations) - len(closed),
        twice=sum(not _is_one_owners(messages) for messages in story.values()),
        lapses=sum(m.kind is Kind.lapsed for told in story.values() for m in told),
    )


def _is_one_owners(messages: Iterable[Message]) -> bool:
    """Return whether everything was said and done by whoever had it then, and it ended once."""
    owner: UUID | None = None
    ended = 0
    for message in messages:
        match message.author, message.kind:
            case Author.system, Kind.claimed:
                if owner is not None:
                    return False
                owner = message.agent_id
            case Author.system, Kind.lapsed:
                owner = None
            case Author.system, Kind.closed:
                ended += 1
                if message.agent_id != owner:
                    return False
            case Author.agent, _:
                if message.agent_id != owner:
                    return False
    return ended <= 1
