"""Places products in an encoder's space: all that are new or say something else now."""

import asyncio
from collections.abc import Callable

from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.repository import VectorRepository
from crm_store.catalogue.wording import to_encode
from crm_store.db import SessionFactory

BATCH = 512
Progress = Callable[[int, int], None]
"""Told how many are done, out of how many."""


def silent(done: int, of: int) -> None:
    """Tell nobody."""


async def place_products(
    sessions: SessionFactory, encoder: Encoder, progress: Progress = silent
) -> int:
    """Encode every text that waits, and return how many there were.

    Each batch is kept when it is done, so an interrupted run goes on where it stopped.
    """
    async with sessions.begin() as session:
        waiting = await VectorRepository(session, encoder.name).count_waiting()
    done = 0
    while placed := await _place_some(sessions, encoder):
        done += placed
        progress(done, max(done, waiting))
    async with sessions.begin() as session:
        vectors = VectorRepository(session, encoder.name)
        await vectors.count_words()
        await vectors.index(encoder.dimensions)
    return done


async def _place_some(sessions: SessionFactory, encoder: Encoder) -> int:
    async with sessions.begin() as session:
        texts = await VectorRepository(session, encoder.name).waiting(BATCH)
    if not texts:
        return 0
    # No session is open here: computing takes seconds.
    words = [to_encode(said.product, said) for said, _ in texts]
    vectors = await asyncio.to_thread(encoder.encode, words)
    async with sessions.begin() as session:
        await VectorRepository(session, encoder.name).put(texts, vectors)
    return len(texts)
