"""Measure the desk: how soon an offer appears, and fifty agents who want the same customer."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID, uuid4

import aiohttp
import httpx2
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from channels.app import create_app
from channels.hub import QUEUE
from channels.settings import ChannelSettings
from channels.up.ports import LOOPBACK, free_port
from crm_store import garbage, migrations, server
from crm_store.agents.models import Agent, AgentSession
from crm_store.agents.service import hash_of
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import claim, hand_off
from crm_store.notify import ring
from crm_store.routing.duty import choose_status
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Status
from tests.encoders import HashingEncoder
from tests.fakes import FakeBot

AGENTS, OPEN, ESCALATIONS, RACES = 50, 500, 20, 5
IDLE_SECONDS = 10.0
WITHIN = 30.0
CSRF = "csrf"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class AtDesk:
    """An agent whose page is open."""

    agent: Agent
    browser: aiohttp.ClientSession
    socket: ClientConnection

    async def offered(self, conversation: UUID) -> str:
        """Wait until the conversation is offered here, and return the offer."""
        while True:
            frame = json.loads(await self.socket.recv())
            offer = frame.get("offer") if frame["type"] == "duty" else None
            if offer and offer["conversation"] == str(conversation):
                return str(offer["id"])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _serve(database_url: str, port: int) -> None:
    settings = ChannelSettings.model_validate(
        {
            "database_url": database_url,
            "rapport_secret": "a secret of the bench, long enough",
            "rapport_public_url": f"http://{LOOPBACK}:{port}",
        }
    )
    app = create_app(settings, FakeBot("Hello"), HashingEncoder())
    garbage.settle()
    uvicorn.run(app, host=LOOPBACK, port=port, log_level="warning")


async def _escalated(sessions: SessionFactory) -> UUID:
    async with sessions.begin() as session:
        conversations = ConversationRepository(session)
        ref = ConversationRef(Channel.chat, uuid4().hex)
        begun = await conversations.start(ref, Language.en)
        conversation = await conversations.lock(begun.id)
        conversations.add(conversation, Author.customer, "I would like to speak to a person")
        await hand_off(session, conversation, Reason.asked, trigger_seq=1)
    await ring(sessions, f"bench {QUEUE}")
    return conversation.id


async def _agents(sessions: SessionFactory) -> list[Agent]:
    agents = [
        Agent(id=uuid4(), login=f"agent-{number}", name=f"Agent {number}", password_hash="")
        for number in range(AGENTS)
    ]
    async with sessions.begin() as session:
        session.add_all(agents)
        await session.flush()
        for agent in agents:
            session.add(
                AgentSession(secret_hash=hash_of(agent.login), agent_id=agent.id, csrf=CSRF)
            )
            (await DutyRepository(session).for_writing(agent.id)).chats = OPEN
    for number in range(OPEN):
        conversation = await _escalated(sessions)
        async with sessions.begin() as session:
            await claim(session, conversation, agents[number % AGENTS])
    return agents


@asynccontextmanager
async def _at_desks(url: str, agents: Sequence[Agent]) -> AsyncIterator[list[AtDesk]]:
    async with AsyncExitStack() as opened:
        desks = []
        for agent in agents:
            cookie = {"Cookie": f"rapport-desk={agent.login}"}
            # Fifty browsers are fifty machines: theirs shall cost this one as little as can be.
            browser = await opened.enter_async_context(
                aiohttp.ClientSession(
                    url,
                    headers={"Origin": url, "X-CSRF": CSRF, **cookie},
                    timeout=aiohttp.ClientTimeout(WITHIN),
                )
            )
            socket = await opened.enter_async_context(
                connect(
                    url.replace("http", "ws", 1) + "/desk/socket",
                    origin=url,  # type: ignore[arg-type]  # a plain string is an origin
                    additional_headers=cookie,
                    max_size=None,
                )
            )
            desks.append(AtDesk(agent, browser, socket))
        yield desks


async def _time_to_offer(sessions: SessionFactory, desks: Sequence[AtDesk]) -> float:
    """Return the milliseconds until an escalation rings at somebody, who then takes it."""
    ringing: dict[asyncio.Task[str], AtDesk] = {}
    began = perf_counter()
    conversation = await _escalated(sessions)
    for desk in desks:
        ringing[asyncio.create_task(desk.offered(conversation))] = desk
    async with asyncio.timeout(WITHIN):
        done, others = await asyncio.wait(ringing, return_when=asyncio.FIRST_COMPLETED)
    took = (perf_counter() - began) * 1000
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    first = done.pop()
    taken = f"/desk/api/offers/{first.result()}/accept"
    async with ringing[first].browser.post(taken, json={}) as answer:
        answer.raise_for_status()
    return took


async def _race(sessions: SessionFactory, desks: Sequence[AtDesk]) -> tuple[list[int], float]:
    """Return what fifty clicks at once are answered, and the milliseconds until the last is."""
    claim = f"/desk/api/conversations/{await _escalated(sessions)}/claim"
    began = perf_counter()
    statuses = await asyncio.gather(*(_click(desk, claim) for desk in desks))
    return statuses, (perf_counter() - began) * 1000


async def _click(desk: AtDesk, what: str) -> int:
    async with desk.browser.post(what, json={}) as answer:
        return answer.status


async def _leave_in_peace(sessions: SessionFactory, agents: Sequence[Agent]) -> None:
    async with sessions.begin() as session:
        for agent in agents:
            await choose_status(session, agent.id, Status.busy, at=utc_now())


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def _until_it_serves(url: str) -> None:
    async with httpx2.AsyncClient(base_url=url) as client:
        while True:
            try:
                await client.get("/health")
            except httpx2.HTTPError:
                await asyncio.sleep(0.2)
            else:
                return


async def _bench(database_url: str) -> None:
    engine = create_engine(database_url)
    sessions = create_session_factory(engine)
    _say(f"{AGENTS} agents, {OPEN} open conversations …")
    agents = await _agents(sessions)
    port = free_port()
    process = get_context("spawn").Process(target=_serve, args=(database_url, port), daemon=True)
    process.start()
    try:
        await _until_it_serves(url := f"http://{LOOPBACK}:{port}")
        async with _at_desks(url, agents) as desks:
            await _measure(sessions, desks, process.pid or 0)
    finally:
        process.kill()
        process.join()
        await engine.dispose()


async def _measure(sessions: SessionFactory, desks: Sequence[AtDesk], process: int) -> None:
    offers = [await _time_to_offer(sessions, desks) for _ in range(ESCALATIONS)]
    p95 = quantiles(offers, n=20, method="inclusive")[-1]
    _say(f"offer appears: median {median(offers):.0f} ms, p95 {p95:.0f}, worst {max(offers):.0f}")
    await _leave_in_peace(sessions, [desk.agent for desk in desks])
    races = [await _race(sessions, desks) for _ in range(RACES)]
    won = [statuses.count(200) for statuses, _ in races]
    refused = [statuses.count(409) for statuses, _ in races]
    times = [f"{ms:.0f}" for _, ms in races]
    _say(f"{AGENTS} clicks at once: {won} succeed, {refused} refused, ms {' '.join(times)}")
    before = _cpu_seconds(process)
    await asyncio.sleep(IDLE_SECONDS)
    cpu = (_cpu_seconds(process) - before) / IDLE_SECONDS
    _say(f"channels at rest: {cpu * 100:.0f} % of a core, {_megabytes(process):.0f} MB")


if __name__ == "__main__":
    with TemporaryDirectory(prefix="rapport-bench-") as folder:
        running = server.start(Path(folder))
        try:
            migrations.upgrade(running.url)
            asyncio.run(_bench(running.url))
        finally:
            running.stop()
