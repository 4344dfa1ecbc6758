import pytest
from sqlalchemy import func, select, text

from crm_store.base import Language
from crm_store.catalogue.models import ProductVector
from crm_store.catalogue.placing import place_products
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from tests.encoders import HashingEncoder

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

INDEX = "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
AIDA = {
    "sku": "AIDA",
    "genre": "opera",
    "price": 24.9,
    "currency": "EUR",
    "stock": 3,
    "title_de": "Aida",
    "title_en": "Aida",
    "description_de": "Eine Oper am Nil.",
}


async def test_each_language_of_a_product_is_placed_once(sessions: SessionFactory) -> None:
    await _import(sessions, AIDA)
    encoder, told = HashingEncoder(), list[tuple[int, int]]()

    placed = await place_products(sessions, encoder, lambda done, of: told.append((done, of)))
    again = await place_products(sessions, encoder)

    assert (placed, again, encoder.encoded, told) == (2, 0, 2, [(2, 2)])


async def test_only_what_says_something_else_is_placed_anew(sessions: SessionFactory) -> None:
    encoder = HashingEncoder()
    await _import(sessions, AIDA)
    await place_products(sessions, encoder)

    await _import(sessions, {**AIDA, "price": 1, "description_de": "Eine Oper in Ägypten."})

    assert await place_products(sessions, encoder) == 1
    async with sessions() as session:
        assert await session.scalar(select(func.count(ProductVector.id))) == 2


async def test_an_encoder_s_places_are_found_through_an_index(sessions: SessionFactory) -> None:
    await place_products(sessions, HashingEncoder())

    async with sessions() as session:
        made = await session.scalar(text(INDEX), {"name": "ix_product_vectors_hnsw_hashing"})
    assert "hnsw" in str(made)
    assert "halfvec(32)" in str(made)


@pytest.mark.parametrize(
    ("words", "found"), [("Opern", ["AIDA"]), ("Nil", ["AIDA"]), ("Fahrrad", []), ("", ["AIDA"])]
)
async def test_the_shop_s_own_search_finds_by_words(
    sessions: SessionFactory, words: str, found: list[str]
) -> None:
    await _import(sessions, AIDA)

    async with sessions() as session:
        products = await CatalogueRepository(session).search(words, Language.de)

    assert [product.sku for product in products] == found


async def _import(sessions: SessionFactory, row: dict[str, object]) -> None:
    report = await import_records(Noun.products, [Record(1, None, row)], sessions)
    assert not report.refusals
