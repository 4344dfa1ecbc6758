"""Measure what a suggestion costs: `python -m tests.bench.suggesting`, with the data beside.

On the demo shop with Open Opus, and on one that is twenty times as large: one suggestion as the
dialogue makes it, and how exact the index is; what the encoder needs.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import psutil
import uvloop
from pgvector import HalfVector
from sqlalchemy import func, select, text

from channels.up.settings import UpSettings
from crm_store.base import Language, utc_now
from crm_store.catalogue.encoders import Encoder, Vectors, encoder_named
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.suggestions import queries
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.service import Suggester
from crm_store.suggestions.wish import Wish
from tests.bench.interests import INTERESTS, WORKS, Interest, interests_in
from tests.bench.many import many
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
    encoding = await _encoding(encoder, interests)
    async with shop("opus", WORKS, "openopus", encoder, with_demo=True) as sessions:
        real = await _measured(sessions, encoder, interests)
    async with many(encoder) as sessions:
        large = await _measured(sessions, encoder, interests)
    _say(f"| one suggestion | {real.products:,} products | {large.products:,} products | ratio |")
    _say("| --- | --- | --- | --- |")
    ratio = statistics.median(large.whole) / statistics.median(real.whole)
    _say(f"| whole, ms | {_middle(real.whole)} | {_middle(large.whole)} | {ratio:.2f} |")
    _say(f"| recall@{NEAREST} of the index | {real.recall:.3f} | {large.recall:.3f} | |")
    _say("")
    _say("| encoder | |")
    _say("| --- | --- |")
    _say(f"| one wish, ms | {_middle(encoding)} |")
    _say(f"| ready after, s | {ready:.1f} |")
    _say(f"| memory, MB | {held:.0f} |")


@dataclass(frozen=True)
class Measured:
    """What was measured on one shop."""

    products: int
    whole: Sequence[float]
    """Milliseconds of each suggestion."""
    recall: float


async def _measured(
    sessions: SessionFactory, encoder: Encoder, interests: Sequence[Interest]
) -> Measured:
    async with sessions() as session:
        products = (await session.execute(select(func.count()).select_from(Product))).scalar_one()
    whole = await _whole(sessions, encoder, interests)
    return Measured(products, whole, await _recall(sessions, encoder, interests))


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
        await session.execute(queries.PLANNED)
        query = text(queries.nearest(encoder.name, vector, Filters()))
        rows = await session.execute(query, {"vector": HalfVector(vector)})
        return {row.text_id for row in list(rows)[:NEAREST]}


async def _conversation(sessions: SessionFactory, language: Language) -> UUID:
    async with sessions.begin() as session:
        ref = ConversationRef(Channel.chat, str(uuid4()))
        return (await ConversationRepository(session).start(ref, language)).id


def _middle(took: Sequence[float]) -> str:
    """Return the median, and what 95 of 100 stay below."""
    return f"{statistics.median(took):.1f} (95 %: {statistics.quantiles(took, n=20)[-1]:.1f})"


if __name__ == "__main__":
    # The loop that the programs run on.
    uvloop.run(main())
