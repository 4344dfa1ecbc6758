"""Calls among which our programs die, at moments that nobody chose."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from random import Random

from channels.simulator.account import Account
from channels.simulator.simulator import Simulator
from channels.up.ports import free_ports
from channels.up.stack import Stack
from tests.bench.callers import Experience, Question, a_call

FRONTS = 2
PROGRAMS = ("channels", "channels-2", "actions", "bot")
"""Of the fronts, one dies at a time: the other answers."""
AT_ONCE = 10
PAUSE = 1.0
"""Seconds between an answer and the next question."""
QUESTIONS = (
    Question("Was kostet der Versand?", "3,90"),
    Question("Ich liebe Opern von Verdi", "Verdi"),
    Question("Wie lange kann ich etwas zurückgeben?", "30"),
    Question("Was kostet der Versand?", "3,90"),
)


async def killed_calls(folder: Path, *, calls: int, kills: int) -> Sequence[Experience]:
    """Hold so many calls, ten at a time, and kill a program again and again meanwhile."""
    async with Stack(folder, ports=free_ports(), fronts=FRONTS) as stack:
        told = stack.environment
        account = Account(told["TWILIO_ACCOUNT_SID"], told["TWILIO_AUTH_TOKEN"])
        simulator = Simulator(account, stack.url)
        left = asyncio.Semaphore(AT_ONCE)

        async def hold() -> Experience:
            async with left:
                return await a_call(simulator, QUESTIONS, pause=PAUSE)

        holding = asyncio.gather(*(hold() for _ in range(calls)))
        killing = asyncio.create_task(_kill(stack, kills))
        experiences = await holding
        await killing
        return experiences


async def _kill(stack: Stack, kills: int) -> None:
    chance = Random(kills)  # noqa: S311 - no secret
    for number in range(kills):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        program = PROGRAMS[number % len(PROGRAMS)]
        stack.kill(program)
        await stack.until_it_answers(program)
