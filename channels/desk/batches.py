"""What many requests need done at the same time, done for all of them in one go."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")


class Batches(Generic[Wish, Answer]):
    """Does it for all that have asked since the last go began; whoever is alone waits for nobody.

    An exception among the answers is raised for the one that it answers.
    One statement for fifty rows costs hardly more than one for a single row.
    """

    def __init__(
        self, do: Callable[[Sequence[Wish]], Awaitable[Sequence[Answer | Exception]]]
    ) -> None:
        self._do = do
        self._waiting: list[tuple[Wish, asyncio.Future[Answer]]] = []
        self._going: asyncio.Task[None] | None = None

    async def ask(self, wish: Wish) -> Answer:
        """Have it done, and return its own answer."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((wish, answer))
        if self._going is None:
            self._going = asyncio.create_task(self._go())
        return await answer

    async def close(self) -> None:
        """Wait for what has begun: the store is closed next."""
        if self._going is not None:
            await self._going

    async def _go(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._answer(batch)
        finally:
            self._going = None

    async def _answer(self, batch: Sequence[tuple[Wish, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._do([wish for wish, _ in batch])
        except Exception as error:
            await self._fail(batch, error)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            _tell(future, answer)

    async def _fail(
        self, batch: Sequence[tuple[Wish, asyncio.Future[Answer]]], error: Exception
    ) -> None:
        """Let nobody suffer for another's wish: each is tried alone."""
        if len(batch) > 1:
            await asyncio.gather(*(self._answer([one]) for one in batch))
            return
        _tell(batch[0][1], error)


def _tell(future: asyncio.Future[Answer], answer: Answer | Exception) -> None:
    # Whoever has gone away meanwhile needs no answer.
    if future.done():
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
