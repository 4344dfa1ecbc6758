"""Measure what a suggestion costs: `python -m tests.bench.suggesting`, with the data beside.

On the demo shop with Open Opus: one suggestion as the dialogue makes it, and its parts; how exact
the index is; how fast texts are placed; what the encoder needs.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID, uuid4

import psutil
from sqlalchemy import text

from channels.up.settings import UpSettings
from crm_store.base import Language, utc_now
from crm_store.catalogue.encoders import Encoder, Vectors, encoder_named
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.suggestions import queries
from crm_store.suggestions.service import Suggester
from crm_store.suggestions.wish import Wish
from tests.bench.interests import INTERESTS, WORKS, Interest, interests_in
from tests.bench.shops import shop

ROUNDS = 3
NEAREST = 10
MEGABYTE = 1_000_000


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main() -> None:
    """Print the table, or why there is none."""
    if not WORKS.is_file():
        _say(f"nothing to measure: {WORKS} is not here")
        return
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    encoder = await asyncio.to_thread(encoder_named, UpSettings().rapport_encoder)
    encoder.encode(["warm"])
    ready = time.perf_counter() - begun
    held = (psutil.Process().memory_info().rss - before) / MEGABYTE
    interests = interests_in(INTERESTS)
    async with shop("opus", WORKS, "openopus", encoder, with_demo=True) as sessions:
        whole = await _whole(sessions, encoder, interests)
        encoding = await _encoding(encoder, interests)
        recall = await _recall(sessions, encoder, interests)
    _say("| one suggestion | |")
    _say("| --- | --- |")
    _say(f"| whole, ms (median, 95 of 100) | {_middle(whole)} |")
    _say(f"| of it encoding, ms | {_middle(encoding)} |")
    _say(f"| recall@{NEAREST} of the index against exact search | {recall:.3f} |")
    _say(f"| encoder: ready after, s; memory, MB | {ready:.1f}; {held:.0f} |")


async def _whole(
    sessions: SessionFactory, encoder: Encoder, interests: Sequence[Interest]
) -> list[float]:
    suggester = Suggester(encoder)
    talks = {language: await _conversation(sessions, language) for language in Language}

    async def suggest(words: str, language: Language) -> None:
        wish = Wish(talks[language], words, language, skip_shown=False)
        async with sessions() as session:
            await suggester.suggest(session, await suggester.understand(wish), at=utc_now())
            await session.rollback()

    return await _timed(suggest, interests)


async def _encoding(encoder: Encoder, interests: Sequence[Interest]) -> list[float]:
    async def encode(words: str, language: Language) -> None:
        await asyncio.to_thread(encoder.encode, [words])

    return await _timed(encode, interests)


async def _timed(
    do: Callable[[str, Language], Awaitable[None]], interests: Sequence[Interest]
) -> list[float]:
    """Return the milliseconds of each, the first round left out."""
    took = []
    for turn in range(ROUNDS):
        for interest in interests:
            for language, words in interest.said.items():
                begun = time.perf_counter()
                await do(words, language)
                if turn:
                    took.append((time.perf_counter() - begun) * 1000)
    return took


async def _recall(
    sessions: SessionFactory, encoder: Encoder, interests: Sequence[Interest]
) -> float:
    shares = []
    for vector in encoder.encode([said for one in interests for said in one.said.values()]):
        found = await _nearest(sessions, encoder, vector, exactly=False)
        right = await _nearest(sessions, encoder, vector, exactly=True)
        shares.append(len(found & right) / NEAREST)
    return statistics.fmean(shares)


async def _nearest(
    sessions: SessionFactory, encoder: Encoder, vector: Vectors, *, exactly: bool
) -> set[UUID]:
    async with sessions() as session:
        if exactly:
            await session.execute(text("SET LOCAL enable_indexscan = off"))
        await session.execute(text(f"SET LOCAL hnsw.ef_search = {queries.NEAREST}"))
        query = text(queries.nearest(encoder.name, vector))
        rows = await session.execute(query, {"vector": queries.literal(vector)})
        return {row.text_id for row in list(rows)[:NEAREST]}


async def _conversation(sessions: SessionFactory, language: Language) -> UUID:
    async with sessions.begin() as session:
        ref = ConversationRef(Channel.chat, str(uuid4()))
        return (await ConversationRepository(session).start(ref, language)).id


def _middle(took: Sequence[float]) -> str:
    return f"{statistics.median(took):.1f}, {statistics.quantiles(took, n=20)[-1]:.1f}"


if __name__ == "__main__":
    asyncio.run(main())
