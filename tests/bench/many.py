"""A shop of half a million products: those of Open Opus many times over, each copy a little off.

What is searched there costs what it would in a real shop of that size; what it finds means nothing.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from pgvector import HalfVector
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.placing import count_words
from crm_store.catalogue.repository import VectorRepository
from crm_store.db import SessionFactory, at_once
from tests.bench.shops import KEPT, opened

COPIES = 20
DIRECTIONS = 2_000
OFF = 0.6
"""How far a copy lies from the real one, whose length is 1: their cosine is some 0.86."""

_COPIED = """
CREATE TEMPORARY TABLE copied AS
SELECT p.id AS old, gen_random_uuid() AS new, n
FROM products p CROSS JOIN generate_series(2, :copies) AS n WHERE p.kind = 'recording'
"""
_PRODUCTS = """
INSERT INTO products (id, created_at, sku, kind, creator, genre, era, country, city, subjects,
                      price, currency, stock, image)
SELECT c.new, p.created_at, p.sku || '-' || c.n, kind, creator, genre, era, country, city, subjects,
       price, currency, stock, image
FROM copied c JOIN products p ON p.id = c.old
"""
_TEXTS = """
CREATE TEMPORARY TABLE copied_texts AS
SELECT t.id AS old, gen_random_uuid() AS new, c.new AS product, c.n,
       1 + abs(hashtext(t.id::text || c.n)) % :directions AS direction
FROM copied c JOIN product_texts t ON t.product_id = c.old
"""
_SAID = """
INSERT INTO product_texts (id, created_at, product_id, language, title, description, facets)
SELECT c.new, t.created_at, c.product, language, title || ' ' || c.n, description, facets
FROM copied_texts c JOIN product_texts t ON t.id = c.old
"""
_VECTORS = """
INSERT INTO product_vectors (id, created_at, text_id, model, digest, vector)
SELECT gen_random_uuid(), v.created_at, c.new, v.model, v.digest,
       l2_normalize(v.vector + d.vector)
FROM copied_texts c JOIN product_vectors v ON v.text_id = c.old AND v.model = :model
JOIN directions d ON d.id = c.direction
"""


@asynccontextmanager
async def many(encoder: Encoder) -> AsyncIterator[SessionFactory]:
    """Open the shop, made of the one of `tests.bench.opus` if it is not there yet."""
    folder = KEPT / "many"
    done = folder / "done"
    if not done.exists():
        await asyncio.to_thread(_copy_folder, KEPT / "opus", folder)
    async with opened(folder) as sessions:
        if not done.exists():
            await _multiply(sessions, encoder)
            done.touch()
        yield sessions


def _copy_folder(here: Path, there: Path) -> None:
    shutil.rmtree(there, ignore_errors=True)
    shutil.copytree(here, there)
    # PostgreSQL runs as another user where we are root, and wants to own what it reads.
    owner = here.stat()
    for path in (there, *there.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)


async def _multiply(sessions: SessionFactory, encoder: Encoder) -> None:
    # An index that is made of all at once takes a fraction of the time.
    async with at_once(sessions) as session:
        await VectorRepository(session, encoder.name).drop_index()
    async with sessions.begin() as session:
        await _copy(session, encoder)
    await count_words(sessions)
    async with sessions.begin() as session:
        await VectorRepository(session, encoder.name).index(encoder.dimensions)


async def _copy(session: AsyncSession, encoder: Encoder) -> None:
    await _directions(session, encoder.dimensions)
    for step in (_COPIED, _PRODUCTS, _TEXTS, _SAID, _VECTORS):
        values = {"copies": COPIES, "directions": DIRECTIONS, "model": encoder.name}
        query = text(step.replace("::", r"\:\:"))
        named = {name: value for name, value in values.items() if f":{name}" in step}
        await session.execute(query, named)
    await session.execute(text("ANALYZE"))


async def _directions(session: AsyncSession, dimensions: int) -> None:
    drawn = np.random.default_rng(7).normal(size=(DIRECTIONS, dimensions))
    drawn *= OFF / np.linalg.norm(drawn, axis=1, keepdims=True)
    await session.execute(
        text(f"CREATE TEMPORARY TABLE directions (id int, vector halfvec({dimensions}))")
    )
    rows = [{"id": place, "vector": HalfVector(row)} for place, row in enumerate(drawn, start=1)]
    await session.execute(text("INSERT INTO directions VALUES (:id, :vector)"), rows)
