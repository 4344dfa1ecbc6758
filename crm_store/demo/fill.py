"""Puts the demo shop into a store, through the same door as any shop's files."""

from collections.abc import Iterable

from crm_store.base import utc_now
from crm_store.canned.repository import CannedReplyRepository
from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.placing import Progress, count_words, place_products, silent
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.db import SessionFactory
from crm_store.demo import content
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record


async def fill(
    sessions: SessionFactory, encoder: Encoder | None, progress: Progress = silent
) -> None:
    """Put the demo shop into an empty store; a store that has products keeps to its own.

    Products are placed in the encoder's space either way, if any are not yet. Without an encoder
    they are found by words.
    """
    if await _empty(sessions):
        await _import(Noun.products, content.products(), sessions)
        await _import(Noun.customers, content.customers(), sessions)
        await _keep_canned_replies(sessions)
        await _import(Noun.orders, content.orders(utc_now().date()), sessions)
    if encoder is None:
        await count_words(sessions)
    else:
        await place_products(sessions, encoder, progress)


async def _empty(sessions: SessionFactory) -> bool:
    async with sessions.begin() as session:
        return await CatalogueRepository(session).empty()


async def _keep_canned_replies(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        for row in content.canned_replies():
            await CannedReplyRepository(session).keep(**row)


async def _import(noun: Noun, rows: Iterable[content.Row], sessions: SessionFactory) -> None:
    numbered = (Record(line, None, row) for line, row in enumerate(rows, start=1))
    report = await import_records(noun, numbered, sessions)
    if report.refusals:
        first = report.refusals[0]
        raise ValueError(f"the demo shop's {noun}, line {first.line}: {first.reason}")
