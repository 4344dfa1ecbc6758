"""Measure the search over all conversations: `python -m tests.bench.searching`."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Conversation, Handler, Message
from crm_store.db import SessionFactory
from crm_store.demo import content
from crm_store.search.models import Wish
from crm_store.search.repository import SearchRepository
from tests.bench.shops import opened

MESSAGES = 100_000
PER_CONVERSATION = 20
ROUNDS = 3
SENTENCES_EACH = 2
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)

COMMON = ("opera", "Oper", "recording", "Aufnahme", "the music", "die Musik", "Verdi", "Mozart")
RARE = ("Busseto", "Chor der Gefangenen", "Rigoletto Vinyl", '"La Scala"', "Nabuc", "A-1017")
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"language": Language.de},
    {"channel": Channel.phone, "author": Author.customer},
    {"since": BEGINS + timedelta(days=300)},
)


async def main() -> None:
    """Fill a store and search in it."""
    with TemporaryDirectory(prefix="rapport-bench-") as folder:
        async with opened(Path(folder)) as sessions:
            await _fill(sessions)
            times, found = await _measured(sessions)
    at = quantiles(times, n=100)
    _say(f"{MESSAGES:,} messages, {len(times)} searches, {found:,} conversations found")
    _say(f"p50 {at[49]:.0f} ms, p95 {at[94]:.0f} ms, longest {max(times):.0f} ms")


async def _measured(sessions: SessionFactory) -> tuple[list[float], int]:
    times, found = [], 0
    for _ in range(ROUNDS):
        for words in (*COMMON, *RARE):
            for narrowed in NARROWED:
                begun = perf_counter()
                async with sessions() as session:
                    found += len(await SearchRepository(session).find(Wish(words, **narrowed)))
                times.append((perf_counter() - begun) * 1000)
    return times, found


async def _fill(sessions: SessionFactory) -> None:
    chance = Random(7)  # noqa: S311 - the same store each time
    sentences = {language: list(_sentences(language)) for language in Language}
    for first in range(0, MESSAGES, PER_CONVERSATION * 100):
        talks = [_talk(chance, first + nth * PER_CONVERSATION) for nth in range(100)]
        said = [one for talk in talks for one in _said(chance, talk, sentences[talk["language"]])]
        async with sessions.begin() as session:
            await session.execute(insert(Conversation), talks)
            await session.execute(insert(Message), said)
    async with sessions.begin() as session:
        await session.execute(text("ANALYZE"))


def _talk(chance: Random, nth: int) -> dict[str, Any]:
    return {
        "id": UUID(int=nth + 1),
        "channel": chance.choice(list(Channel)),
        "key": str(nth),
        "language": chance.choice(list(Language)),
        "handler": Handler.closed,
        "last_seq": PER_CONVERSATION,
        "created_at": BEGINS + timedelta(minutes=nth * 5),
    }


def _said(chance: Random, talk: dict[str, Any], sentences: list[str]) -> Iterator[dict[str, Any]]:
    for seq in range(1, PER_CONVERSATION + 1):
        yield {
            "conversation_id": talk["id"],
            "seq": seq,
            "id": UUID(int=chance.getrandbits(128)),
            "author": Author.customer if seq % 2 else Author.bot,
            "text": " ".join(chance.choices(sentences, k=SENTENCES_EACH)),
            "created_at": talk["created_at"] + timedelta(seconds=20 * seq),
        }


def _sentences(language: Language) -> Iterator[str]:
    """Yield what the demo shop says of its products: real words, rare and common."""
    for product in content.products():
        yield from str(product[f"description_{language}"]).split(". ")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
