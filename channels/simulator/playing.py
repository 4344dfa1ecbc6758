"""Plays a call that is written down."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from channels.clock import Clock
from channels.simulator.call import IS_HEARD_WITHIN_SECONDS, CallEnded, SimulatedCall
from channels.simulator.script import Script, Step, each
from channels.simulator.simulator import Simulator

Kill = Callable[[str], Awaitable[None]]
Tell = Callable[[str, str], None]
"""Takes what was done or heard, and the words."""


class WentWrong(Exception):  # noqa: N818 - it is what a script finds out
    """The caller did not hear what they should have."""


async def _nothing_dies(program: str) -> None:
    raise WentWrong(f"nobody here can kill {program}")


def _silent(what: str, words: str) -> None:
    """Show nothing."""


async def play(
    script: Script,
    simulator: Simulator,
    *,
    kill: Kill = _nothing_dies,
    tell: Tell = _silent,
) -> SimulatedCall:
    """Hold the call; raise WentWrong at the first step that is not heard as it is written."""
    fault = None if script.relay == "works" else script.relay
    async with simulator.call(
        from_=script.from_, language=script.language, relay_fails=fault
    ) as call:
        player = _Player(call, simulator.clock, kill=kill, tell=tell)
        for number, step in enumerate(script.steps, start=1):
            try:
                await player.play(step)
            except WentWrong as wrong:
                raise WentWrong(f"step {number}: {wrong}") from wrong
    return call


class _Player:
    def __init__(self, call: SimulatedCall, clock: Clock, *, kill: Kill, tell: Tell) -> None:
        self._call = call
        self._clock = clock
        self._kill = kill
        self._tell = tell

    async def play(self, step: Step) -> None:
        """Do what a step says, then listen."""
        await self._break(step)
        try:
            await self._do(step)
        except CallEnded as ended:
            raise WentWrong(str(ended)) from ended
        await self._listen(step)

    async def _break(self, step: Step) -> None:
        if step.kills:
            await self._kill(step.kills)
        if step.loses_connection:
            await self._call.loses_connection()
        if step.fails:
            await self._call.loses_connection(step.fails)

    async def _do(self, step: Step) -> None:
        if step.interrupts is not None:
            self._tell("breaks in after", await self._call.interrupts(step.interrupts))
        if step.says:
            self._tell("says", step.says)
            await self._call.says(step.says)
        if step.keys:
            self._tell("keys", step.keys)
            await self._call.keys(step.keys)
        if step.silence:
            self._tell("is silent", f"{step.silence:g} s")
            await self._clock.passes(step.silence)
        if step.hangs_up:
            await self._call.hangs_up()

    async def _listen(self, step: Step) -> None:
        heard = ""
        missing = wanted = each(step.hears)
        with suppress(TimeoutError, CallEnded):
            async with asyncio.timeout(IS_HEARD_WITHIN_SECONDS):
                while missing or step.ended:
                    words = await self._call.hears()
                    self._tell("hears", words)
                    heard = f"{heard} {words}"
                    missing = [text for text in wanted if text.lower() not in heard.lower()]
        if missing:
            raise WentWrong(f"{missing} was not heard, but: {heard.strip() or 'nothing'}")
        if step.ended and not self._call.over:
            raise WentWrong("somebody is still on the line")
        for never in each(step.never_hears):
            if never.lower() in heard.lower():
                raise WentWrong(f"{never!r} was heard")
