"""Keeps one program running: started, watched, started again."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable, Iterator
from contextlib import suppress

from channels.up.backoff import delays
from channels.up.guard import Guard
from channels.up.program import Program, Tell, running

ASK_EVERY = 0.1


class DidNotStart(Exception):  # noqa: N818 - it names a state, not a failure
    """A program did not answer within its patience."""


class Keeper:
    """Keeps one program running until told to stop."""

    def __init__(
        self,
        program: Program,
        *,
        tell: Tell,
        guard: Guard,
        delays: Callable[[], Iterator[float]] = delays,
    ) -> None:
        self.program = program
        self._tell = tell
        self._guard = guard
        self._delays = delays
        self._answers = asyncio.Event()
        self._came_up = False
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process that runs now, if one does."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the program and return once it answers, or raise DidNotStart."""
        self._task = asyncio.create_task(self._keep())
        await self.until_it_answers()

    async def until_it_answers(self) -> None:
        """Return once the program answers, or raise DidNotStart."""
        name, patience = self.program.name, self.program.patience
        waiting = asyncio.create_task(self._answers.wait())
        keeping = {self._task} if self._task else set()
        done, _ = await asyncio.wait(
            {waiting, *keeping}, timeout=patience, return_when=asyncio.FIRST_COMPLETED
        )
        waiting.cancel()
        for task in done & keeping:
            raise DidNotStart(f"{name} could not be started") from task.exception()
        if waiting not in done:
            raise DidNotStart(f"{name} did not answer within {patience:g} seconds")

    async def stop(self) -> None:
        """End the program and all that it started."""
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await self._task
        self._task = None

    def kill(self) -> None:
        """Kill the program as a crash would; it is started again."""
        if self._process and self._process.returncode is None:
            self._answers.clear()
            self._process.kill()

    async def _keep(self) -> None:
        waits = self._delays()
        while True:
            code = await self._run_to_its_end()
            if self._came_up:
                waits = self._delays()  # this is a new trouble
            self._answers.clear()
            wait = next(waits)
            self._tell(self.program.name, f"ended ({_how(code)}), starts again in {wait:g} s")
            await asyncio.sleep(wait)

    async def _run_to_its_end(self) -> int:
        self._came_up = False
        async with running(self.program, tell=self._tell, guard=self._guard) as process:
            self._process = process
            asking = asyncio.create_task(self._ask())
            try:
                return await process.wait()
            finally:
                asking.cancel()
                self._process = None

    async def _ask(self) -> None:
        # The program cannot tell us, so it is asked; it ends this by answering or by ending.
        while not await self.program.answers():  # noqa: ASYNC110
            await asyncio.sleep(ASK_EVERY)
        self._came_up = True
        self._answers.set()


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit status {code}"
