"""Several programs, in stages: each begins when all of those before it answer."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from channels.up.backoff import delays
from channels.up.guard import Guard
from channels.up.keeper import Keeper
from channels.up.program import Program, Tell


class Supervisor:
    """Starts programs stage by stage, keeps them running, and stops them in reverse."""

    def __init__(
        self,
        stages: Sequence[Sequence[Program]],
        *,
        tell: Tell,
        guard: Guard,
        delays: Callable[[], Iterator[float]] = delays,
    ) -> None:
        self._stages = [
            [Keeper(program, tell=tell, guard=guard, delays=delays) for program in stage]
            for stage in stages
        ]
        self._keepers = {keeper.program.name: keeper for stage in self._stages for keeper in stage}

    async def start(self) -> None:
        """Return once all answer; if one does not, stop all and raise DidNotStart."""
        try:
            for stage in self._stages:
                await asyncio.gather(*(keeper.start() for keeper in stage))
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Return once all have ended."""
        for keeper in reversed(self._keepers.values()):
            await keeper.stop()

    def pid(self, name: str) -> int | None:
        """Return the process that a program runs as now, if it does."""
        return self._keepers[name].pid

    def kill(self, name: str) -> None:
        """Kill one program as a crash would; it is started again."""
        self._keepers[name].kill()

    async def until_it_answers(self, name: str) -> None:
        """Return once this program answers (again), or raise DidNotStart."""
        await self._keepers[name].until_it_answers()
