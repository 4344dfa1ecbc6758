"""Calls among which our programs die, at moments that nobody chose."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from random import Random

from channels.phone.standby import standby
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
PATIENT = {"RAPPORT_BOT_PATIENCE": "120"}
"""Every question is to be answered by the assistant, and not by a person while it is away."""
SERVES = "Application startup complete"
"""What a front says when it does."""
QUESTIONS = (
    Question("Was kostet der Versand?", "3,90"),
    Question("Ich liebe Opern von Verdi", "Verdi"),
    Question("Wie lange kann ich etwas zurückgeben?", "30"),
    Question("Was kostet der Versand?", "3,90"),
)


async def killed_calls(folder: Path, *, calls: int, kills: int) -> Sequence[Experience]:
    """Hold so many calls, ten at a time, and kill a program again and again meanwhile."""
    up = Comings()
    async with Stack(
        folder, ports=free_ports(), fronts=FRONTS, environment=PATIENT, tell=up
    ) as stack:
        told = stack.environment
        account = Account(told["TWILIO_ACCOUNT_SID"], told["TWILIO_AUTH_TOKEN"])
        simulator = Simulator(account, stack.url, standby=standby())
        left = asyncio.Semaphore(AT_ONCE)

        async def hold() -> Experience:
            async with left:
                return await a_call(simulator, QUESTIONS, pause=PAUSE)

        holding = asyncio.gather(*(hold() for _ in range(calls)))
        killing = asyncio.create_task(_kill(stack, up, kills))
        experiences = await holding
        await killing
        return experiences


class Comings:
    """Hears which program has come up: at a shared socket, any front would answer for another."""

    def __init__(self) -> None:
        self._up: dict[str, asyncio.Event] = {}

    def __call__(self, name: str, line: str) -> None:
        if SERVES in line:
            self.of(name).set()

    def of(self, name: str) -> asyncio.Event:
        """Return what is set when a program has come up."""
        return self._up.setdefault(name, asyncio.Event())


async def _kill(stack: Stack, up: Comings, kills: int) -> None:
    chance = Random(kills)  # noqa: S311 - no secret
    for number in range(kills):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        program = PROGRAMS[number % len(PROGRAMS)]
        up.of(program).clear()
        stack.kill(program)
        await stack.until_it_answers(program)
        if program.startswith("channels"):
            await up.of(program).wait()
