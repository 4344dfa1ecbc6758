"""Places products in an encoder's space: all that are new or say something else now."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from crm_store.base import utc_now
from crm_store.catalogue.encoders import Encoder, Vectors
from crm_store.catalogue.models import ProductText
from crm_store.catalogue.repository import VectorRepository
from crm_store.catalogue.space_repository import SpaceRepository
from crm_store.catalogue.wording import to_encode
from crm_store.db import SessionFactory, at_once

WINDOW = 2048
"""Texts that are looked up at a time, and encoded in the order of their length."""
BATCH = 32
FEW = 8
"""So many at a time where customers ask the same encoder, which then answers in between."""
WAIT_SECONDS = 1.0
Progress = Callable[[int, int], None]
"""Told how many are done, out of how many."""


def silent(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    text: ProductText
    digest: str
    words: str


async def place_products(
    sessions: SessionFactory, encoder: Encoder, progress: Progress = silent, *, batch: int = BATCH
) -> int:
    """Encode every text that waits, let the encoder's space serve, and return how many there were.

    Each batch is kept when it is done, so an interrupted run goes on where it stopped. Where
    another program is placing for the same encoder, it waits and does what is left.
    """
    await count_words(sessions)
    async with _alone(sessions, encoder.name, progress):
        async with sessions.begin() as session:
            await SpaceRepository(session).open(encoder.name, encoder.dimensions)
        texts = await _waiting(sessions, encoder.name)
        waiting = len(texts)
        if waiting == WINDOW:
            waiting = await count_waiting(sessions, encoder.name)
        done = 0

        def tell(placed: int) -> None:
            nonlocal done
            done += placed
            progress(done, max(done, waiting))

        while texts:
            await _place(sessions, encoder, [*_batches(texts, batch)], tell)
            # Only after a full window there are more; else at most those that have just changed.
            among = None if len(texts) == WINDOW else [one.text.id for one in texts]
            texts = await _waiting(sessions, encoder.name, among=among)
        await _let_serve(sessions, encoder)
    return done


async def count_words(sessions: SessionFactory) -> None:
    """Count what the search by words weighs words by."""
    async with sessions.begin() as session:
        await VectorRepository(session, "").count_words()


async def count_waiting(sessions: SessionFactory, model: str) -> int:
    """Return how many texts an encoder has not placed as they are now."""
    async with sessions.begin() as session:
        return await VectorRepository(session, model).count_waiting()


async def remove_space(sessions: SessionFactory, model: str) -> None:
    """Remove what an encoder has placed, unless it serves or is placing again."""
    async with _alone_in(sessions, model) as taken:
        if not taken or await _serves(sessions, model):
            return
        async with at_once(sessions) as session:
            await VectorRepository(session, model).drop_index()
        async with sessions.begin() as session:
            await VectorRepository(session, model).forget()
            await SpaceRepository(session).forget(model)


async def _serves(sessions: SessionFactory, model: str) -> bool:
    async with sessions.begin() as session:
        space = await SpaceRepository(session).serving()
        return space is not None and space.model == model


@asynccontextmanager
async def _alone_in(sessions: SessionFactory, model: str) -> AsyncIterator[bool]:
    """Hold an encoder's space while the block lasts, or say that another program has it.

    The server itself frees the space of a program that is killed.
    """
    async with at_once(sessions) as session:
        spaces = SpaceRepository(session)
        taken = await spaces.take(model)
        try:
            yield taken
        finally:
            if taken:
                await spaces.give_back(model)


@asynccontextmanager
async def _alone(sessions: SessionFactory, model: str, progress: Progress) -> AsyncIterator[None]:
    at_first = None
    while True:
        async with _alone_in(sessions, model) as taken:
            if taken:
                yield
                return
        left = await count_waiting(sessions, model)
        at_first = max(left, at_first or 0)
        progress(at_first - left, at_first)
        await asyncio.sleep(WAIT_SECONDS)


async def _place(
    sessions: SessionFactory,
    encoder: Encoder,
    batches: Sequence[Sequence[_Waiting]],
    tell: Callable[[int], None],
) -> None:
    """Encode batch after batch; one is kept while the next is computed."""
    keeping: asyncio.Task[None] | None = None
    try:
        for batch in batches:
            vectors = await asyncio.to_thread(encoder.encode, [one.words for one in batch])
            if keeping:
                await keeping
            keeping = asyncio.create_task(_keep(sessions, encoder.name, batch, vectors, tell))
    finally:
        if keeping:
            await keeping


async def _waiting(
    sessions: SessionFactory, model: str, *, among: Sequence[UUID] | None = None
) -> Sequence[_Waiting]:
    async with sessions.begin() as session:
        found = await VectorRepository(session, model).waiting(WINDOW, among=among)
    texts = [_Waiting(said, digest, to_encode(said.product, said)) for said, digest in found]
    # Texts of one length make the smallest batches, for each is as wide as its longest.
    return sorted(texts, key=lambda one: len(one.words))


async def _keep(
    sessions: SessionFactory,
    model: str,
    texts: Sequence[_Waiting],
    vectors: Vectors,
    tell: Callable[[int], None],
) -> None:
    async with sessions.begin() as session:
        placed = [(one.text, one.digest) for one in texts]
        await VectorRepository(session, model).put(placed, vectors)
    tell(len(texts))


def _batches(texts: Sequence[_Waiting], size: int) -> Iterator[Sequence[_Waiting]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


async def _let_serve(sessions: SessionFactory, encoder: Encoder) -> None:
    async with sessions.begin() as session:
        await VectorRepository(session, encoder.name).index(encoder.dimensions)
    async with sessions.begin() as session:
        await SpaceRepository(session).complete(encoder.name, at=utc_now())
