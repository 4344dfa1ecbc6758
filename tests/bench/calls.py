"""Measure the phone line: how soon it answers, what a call costs, and what a kill does to it."""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx2

from channels.phone.signature import genuine
from channels.phone.standby import standby
from channels.settings import ChannelSettings
from channels.simulator.account import Account, new_sid
from channels.simulator.call import SimulatedCall
from channels.simulator.simulator import SOMEBODY, THE_LINE, Simulator
from channels.up.ports import free_ports
from channels.up.stack import Stack
from crm_store.base import utc_now
from crm_store.db import create_engine, create_session_factory
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.bench.killing import killed_calls
from tests.bench.talkers import chatting

ALONE_TURNS, ROUNDS, AT_ONCE, AT_ONCE_TURNS = 60, 4, 20, 12
PAUSE = (2.0, 4.0)
"""Seconds in which a caller listens and thinks, before they speak again."""
QUIET = 0.3
"""Seconds without a word, after which all has been said."""
WARMING_TURNS = 8
BETWEEN_RINGS = 0.3
"""Seconds: ring upon ring, the assistant is still told of the call before when the next comes."""
RINGS, SIGNATURES, IDLE_CALLS = 60, 2000, 100
SENTENCE = "Hallo"
"""As the chat is measured: what actions take is another matter."""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _row(what: str, aim: str, *figures: str) -> None:
    _say(f"| {what} | {' / '.join(figures)} | {aim} |")


async def _first_word(call: SimulatedCall, words: str) -> float:
    """Return the milliseconds from the caller's last word to ours first.

    What was said before is heard out, or it would be taken for the answer.
    """
    with suppress(TimeoutError):
        while True:
            await call.hears(within=QUIET)
    began = perf_counter()
    await call.says(words)
    await call.hears()
    return (perf_counter() - began) * 1000


async def _talk(simulator: Simulator, turns: int, *, chance: Random | None) -> list[float]:
    times = []
    async with simulator.call() as call:
        await call.hears()
        for _ in range(turns):
            if chance is not None:
                await asyncio.sleep(chance.uniform(*PAUSE))
            times.append(await _first_word(call, SENTENCE))
    return times


async def _beside_chat(simulator: Simulator, url: str) -> tuple[list[float], list[float]]:
    """Return the milliseconds of turns by phone and in the chat, in rounds that alternate."""
    calls: list[float] = []
    chats: list[float] = []
    for _ in range(ROUNDS):
        calls += await _talk(simulator, ALONE_TURNS // ROUNDS, chance=None)
        async with chatting(url) as talker:
            chats += [await talker.turn() for _ in range(ALONE_TURNS // ROUNDS)]
    return calls, chats


async def _many(simulator: Simulator) -> list[float]:
    chances = [Random(seed) for seed in range(AT_ONCE)]  # noqa: S311 - no secret
    talks = (_talk(simulator, AT_ONCE_TURNS, chance=chance) for chance in chances)
    return [time for times in await asyncio.gather(*talks) for time in times]


async def _webhooks(account: Account, url: str, *, pause: float) -> dict[str, list[float]]:
    """Return the milliseconds that each kind of webhook took: a ring, and a call's end."""
    times: dict[str, list[float]] = {"voice": [], "status": []}
    async with httpx2.AsyncClient(trust_env=False) as client:
        for _ in range(RINGS):
            fields = {"CallSid": new_sid("CA"), "AccountSid": account.sid}
            fields |= {"From": SOMEBODY, "To": THE_LINE}
            for path, status in (("voice", "ringing"), ("status", "completed")):
                there, told = f"{url}/phone/{path}", {**fields, "CallStatus": status}
                began = perf_counter()
                answer = await client.post(there, data=told, headers=account.sign(there, told))
                answer.raise_for_status()
                times[path].append((perf_counter() - began) * 1000)
            await asyncio.sleep(pause)
    return times


def _signature_microseconds(account: Account, url: str) -> float:
    settings = ChannelSettings.model_validate(
        {
            "database_url": "postgresql://",
            "rapport_secret": "s" * 40,
            "twilio_auth_token": account.token,
        }
    )
    fields = {f"Field{number}": "some value" for number in range(20)}
    signature = account.sign(url, fields)["X-Twilio-Signature"]
    began = perf_counter()
    for _ in range(SIGNATURES):
        if not genuine(url, fields, signature, settings):
            raise RuntimeError("the signature does not hold")
    return (perf_counter() - began) / SIGNATURES * 1e6


async def _kilobytes_per_call(simulator: Simulator, pid: int) -> float:
    before = _resident(pid)
    calls = [simulator.call() for _ in range(IDLE_CALLS)]
    for call in calls:
        await (await call.__aenter__()).hears()
    grown = _resident(pid) - before
    for call in calls:
        await call.__aexit__(None, None, None)
    return grown / IDLE_CALLS / 1024


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def _lift_limits(database_url: str) -> None:
    engine = create_engine(database_url)
    async with create_session_factory(engine).begin() as session:
        unlimited = {**seed()["calls"], "most_per_minute": 10_000}
        await PolicyRepository(session).change("calls", unlimited, at=utc_now())
    await engine.dispose()


async def _measure(folder: Path) -> None:
    async with Stack(folder, ports=free_ports()) as stack:
        await _lift_limits(stack.database_url)
        told = stack.environment
        account = Account(told["TWILIO_ACCOUNT_SID"], told["TWILIO_AUTH_TOKEN"])
        simulator = Simulator(account, stack.url, standby=standby())
        await _talk(simulator, WARMING_TURNS, chance=None)
        alone, chat = await _beside_chat(simulator, stack.url)
        webhooks = await _webhooks(account, stack.url, pause=BETWEEN_RINGS)
        in_a_row = await _webhooks(account, stack.url, pause=0.0)
        pid = stack.pid("channels")
        memory = await _kilobytes_per_call(simulator, pid) if pid is not None else 0.0
        many = await _many(simulator)
    _say("| the phone line | measured | aim |")
    _say("| --- | --- | --- |")
    _row("last word to first, one call, median ms", "60", f"{median(alone):.0f}")
    _row("the same in the chat, median ms", "", f"{median(chat):.0f}")
    _row(f"the same, {AT_ONCE} calls, p95 ms", "150", f"{_p95(many):.0f}")
    _row("a ring answered with its greeting, p95 ms", "50", f"{_p95(webhooks['voice']):.0f}")
    _row("the same, ring upon ring, p95 ms", "", f"{_p95(in_a_row['voice']):.0f}")
    _row("a state noted, p95 ms", "50", f"{_p95(webhooks['status']):.0f}")
    microseconds = _signature_microseconds(account, f"{stack.url}/phone/voice")
    _row("a signature checked, µs", "", f"{microseconds:.0f}")
    _row("memory of one more call, KB", "", f"{memory:.0f}")


async def _kill(folder: Path, *, calls: int, kills: int) -> None:
    told = await killed_calls(folder, calls=calls, kills=kills)
    reached = sum(one.reached for one in told)
    longest = max(one.longest_silence for one in told)
    _row(f"calls that reach their goal, {kills} kills", str(calls), str(reached))
    _row("answers that came twice", "0", str(sum(one.answered_twice for one in told)))
    _row("the longest silence, s", "3", f"{longest:.1f}")
    for one in told:
        if not one.reached:
            _say(f"not reached: {one.trouble}; heard {one.heard}")


if __name__ == "__main__":
    with TemporaryDirectory(prefix="rapport-calls-") as here:
        asyncio.run(_measure(Path(here)))
    with TemporaryDirectory(prefix="rapport-kills-") as here:
        asyncio.run(_kill(Path(here), calls=200, kills=20))
