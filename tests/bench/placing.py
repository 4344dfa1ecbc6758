"""Measure how fast products are placed: `python -m tests.bench.placing`.

The demo shop's texts, and works of Open Opus where the data lies beside, are placed by the encoder
of the setting: all at once, as a shop's first import, and a few hundred after others, when each has
to be sorted into the index. Half before and half after, the same texts are encoded in a bare loop
with the batch size that suits it best.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from channels.up.settings import UpSettings
from crm_store.catalogue.encoders import Encoder, encoder_named
from crm_store.catalogue.models import ProductText
from crm_store.catalogue.placing import place_products
from crm_store.catalogue.wording import to_encode
from crm_store.db import SessionFactory
from crm_store.demo import content
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.mapping import RowMapping, mapping_named
from crm_store.imports.reading import Record, Unreadable, records
from tests.bench.interests import WORKS
from tests.bench.shops import opened

TEXTS = 2000
FEW = 200
"""Products of a later import."""
SIZES = (16, 32, 64, 128)
PROBE = 256


@dataclass(frozen=True, slots=True)
class Rates:
    """Texts in a second."""

    placing: float
    bare: float
    batch: int
    """What suited the bare loop best."""

    @property
    def ratio(self) -> float:
        """How much of the encoder's own speed is left."""
        return self.placing / self.bare


async def placing_rates(encoder: Encoder, *, at_a_time: int) -> Rates:
    """Place some 2,000 texts in an empty store, and encode the same ones without it."""
    batch, done, placing, bare = 0, 0, 0.0, 0.0
    with TemporaryDirectory(prefix="rapport-pg-") as folder:
        async with opened(Path(folder)) as sessions:
            async for words in _brought_in(sessions, at_a_time):
                batch = batch or _best_batch(encoder, words[:: len(words) // PROBE + 1])
                bare += _bare(encoder, words[::2], batch)
                placing += await _placing(sessions, encoder)
                bare += _bare(encoder, words[1::2], batch)
                done += len(words)
    return Rates(done / placing, done / bare, batch)


async def _placing(sessions: SessionFactory, encoder: Encoder) -> float:
    begun = time.perf_counter()
    await place_products(sessions, encoder)
    return time.perf_counter() - begun


def _best_batch(encoder: Encoder, words: Sequence[str]) -> int:
    return min(SIZES, key=lambda size: min(_bare(encoder, words, size) for _ in range(2)))


def _bare(encoder: Encoder, words: Sequence[str], batch: int) -> float:
    begun = time.perf_counter()
    for start in range(0, len(words), batch):
        encoder.encode(words[start : start + batch])
    return time.perf_counter() - begun


async def _brought_in(sessions: SessionFactory, at_a_time: int) -> AsyncIterator[list[str]]:
    """Bring in some products after others; yield what is to be encoded of them."""
    known = set[UUID]()
    for mapping, found in _products():
        while (some := list(islice(found, at_a_time))) and len(known) < TEXTS:
            await import_records(Noun.products, some, sessions, mapping=mapping)
            texts = [text for text in await _texts(sessions) if text.id not in known]
            known |= {text.id for text in texts}
            # In the order of length, which suits a bare loop best as well.
            yield sorted((to_encode(text.product, text) for text in texts), key=len)


def _products() -> Iterator[tuple[RowMapping | None, Iterator[Record | Unreadable]]]:
    demo = enumerate(content.products(), start=1)
    yield None, (Record(line, None, row) for line, row in demo)
    if WORKS.is_file():
        yield mapping_named("openopus", Noun.products), records(WORKS)


async def _texts(sessions: SessionFactory) -> Sequence[ProductText]:
    said = (
        select(ProductText).join(ProductText.product).options(contains_eager(ProductText.product))
    )
    async with sessions() as session:
        return (await session.scalars(said)).all()


async def main() -> None:
    """Print both rates and their ratio, for a first import and for later ones."""
    encoder = await asyncio.to_thread(encoder_named, UpSettings().rapport_encoder)
    encoder.encode(["warm"])
    sys.stdout.write("| texts/s | placing | a bare loop of encode | ratio |\n")
    sys.stdout.write("| --- | --- | --- | --- |\n")
    for name, at_a_time in {"first import": TEXTS, "later imports": FEW}.items():
        rates = await placing_rates(encoder, at_a_time=at_a_time)
        bare = f"{rates.bare:.1f} (batches of {rates.batch})"
        sys.stdout.write(f"| {name} | {rates.placing:.1f} | {bare} | {rates.ratio:.2f} |\n")


if __name__ == "__main__":
    asyncio.run(main())
