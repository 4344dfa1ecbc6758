"""People on the phone as the bench needs them: they ask, wait, and ask again if they were lost."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from time import perf_counter

from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.refusal import Refused
from channels.simulator.simulator import Simulator

PATIENCE = 12.0
"""Seconds without a word, after which a caller says it once more."""
MOST_TRIES = 6
LOST = "gestört"
"""Of the excuse that the line makes when it was lost."""
AGAIN = ("nicht gehört", "Sind Sie noch da", "nicht angekommen")
"""Of what the line says to whoever it has not heard."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is said, and the words that only its answer has."""

    says: str
    hears: str


@dataclass(slots=True)
class Experience:
    """How a call went for its caller."""

    reached: bool = False
    silences: list[float] = field(default_factory=list)
    """Seconds that the caller heard nothing, each time that they waited for a word."""
    heard: list[str] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    trouble: str = ""

    @property
    def longest_silence(self) -> float:
        """The longest of them."""
        return max(self.silences, default=0.0)

    @property
    def answered_twice(self) -> int:
        """How often an answer came once more than it was asked for, as if two voices spoke.

        What is repeated after an excuse for a lost line is meant to be.
        """
        asked = Counter(question.hears for question in self.asked)
        answered = Counter(
            answer
            for before, words in pairwise(["", *self.heard])
            for answer in asked
            if answer in words and LOST not in before
        )
        return (answered - asked).total()


async def a_call(
    simulator: Simulator, questions: Sequence[Question], *, pause: float
) -> Experience:
    """Ask everything, one after the other; whoever hears something else asks again."""
    told = Experience()
    try:
        async with simulator.call() as call:
            # Until somebody answers, the caller hears it ring.
            await call.hears()
            for question in questions:
                if not await _asks(call, told, question):
                    return told
                await asyncio.sleep(pause)
        told.reached = True
    except (CallEnded, Refused, TimeoutError) as trouble:
        told.trouble = f"{type(trouble).__name__}: {trouble}"
    return told


async def _asks(call: SimulatedCall, told: Experience, question: Question) -> bool:
    for _ in range(MOST_TRIES):
        began = perf_counter()
        told.asked.append(question)
        try:
            await call.says(question.says)
        except CallEnded as ended:
            told.trouble = str(ended)
            return False
        with suppress(TimeoutError):
            if await _answered(call, told, question, began):
                return True
    told.trouble = "never answered"
    return False


async def _answered(
    call: SimulatedCall, told: Experience, question: Question, since: float
) -> bool:
    """Listen to the answer; False once it is clear that the question was not heard."""
    while True:
        words, since = await _hears(call, told, since)
        if question.hears in words:
            return True
        if any(lost in words for lost in (LOST, *AGAIN)):
            # The line was lost: what it repeats is heard out before asking again.
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    words, _ = await _hears(call, told, since)
                    if question.hears in words:
                        return True
            return False


async def _hears(call: SimulatedCall, told: Experience, since: float) -> tuple[str, float]:
    """Return the next words and when they were spoken; a wait in vain is a silence too."""
    try:
        words = await call.hears(within=PATIENCE)
    except TimeoutError:
        told.silences.append(perf_counter() - since)
        raise
    told.silences.append(max(call.heard_at - since, 0.0))
    told.heard.append(words)
    return words, max(call.heard_at, since)
