import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from crm_store.base import Language
from crm_store.catalogue.encoders import Encoder, Vectors
from crm_store.catalogue.models import ProductVector
from crm_store.catalogue.placing import BATCH, count_words, place_products, remove_space
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.suggestions.wish import Wish
from tests.builders import NOW
from tests.encoders import BrokenEncoder, HashingEncoder, NamedEncoder
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

HNSW = "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'ix_product_vectors_hnsw%'"
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


async def test_what_was_placed_before_an_interruption_is_not_encoded_again(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, *_operas(2 * BATCH + 1))
    told = list[tuple[int, int]]()
    stopping = asyncio.create_task(
        place_products(sessions, Interrupted(), lambda done, of: told.append((done, of)))
    )
    with pytest.raises(asyncio.CancelledError):
        await stopping
    rest = HashingEncoder()

    placed = await place_products(sessions, rest)

    assert told == [(BATCH, 2 * BATCH + 1)]
    assert placed == rest.encoded == BATCH + 1


async def test_two_that_place_at_once_share_the_work(sessions: SessionFactory) -> None:
    await _import(sessions, *_operas(3 * BATCH))
    one, other = Slow(), Slow()

    placed = await asyncio.gather(place_products(sessions, one), place_products(sessions, other))

    assert sum(placed) == one.encoded + other.encoded == 3 * BATCH
    assert await _vectors(sessions) == 3 * BATCH


async def test_a_text_that_goes_while_it_is_encoded_is_left_out(sessions: SessionFactory) -> None:
    await _import(sessions, AIDA)
    loop = asyncio.get_running_loop()

    def lose_german() -> None:
        only_english = {key: value for key, value in AIDA.items() if not key.endswith("_de")}
        asyncio.run_coroutine_threadsafe(_import(sessions, only_english), loop).result(5)

    await place_products(sessions, Interrupted(lose_german))

    assert await _vectors(sessions) == 1


async def test_a_text_that_changes_while_it_is_encoded_is_encoded_again(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, AIDA)
    loop = asyncio.get_running_loop()
    encoder = Interrupted(
        lambda: asyncio.run_coroutine_threadsafe(
            _import(sessions, {**AIDA, "title_de": "Aida am Nil"}), loop
        ).result(5)
    )

    await place_products(sessions, encoder)

    assert encoder.encoded == 3
    assert await place_products(sessions, HashingEncoder()) == 0


async def test_encoders_of_similar_names_have_indexes_of_their_own(
    sessions: SessionFactory,
) -> None:
    long = "/models/" + 60 * "x"
    names = ["a-b", "a_b", "ab", f"{long}/one", f"{long}/two", "it's: mine"]

    for name in names:
        await place_products(sessions, NamedEncoder(name))
    placed = await _indexed(sessions, names)
    for name in names:
        await remove_space(sessions, name)

    assert placed == names
    assert await _indexed(sessions, names) == names[-1:]  # which serves


@pytest.mark.parametrize("description", [{}, {"description_en": ""}])
async def test_a_product_with_nothing_but_a_title_is_found(
    sessions: SessionFactory, description: dict[str, str]
) -> None:
    bare = {"sku": "B", "price": 1, "currency": "EUR", "stock": 1, "title_en": "Nabucco"}
    await _import(sessions, {**bare, **description}, {**bare, "sku": "C", "title_en": "Tosca"})

    await place_products(sessions, HashingEncoder())

    for encoder in (HashingEncoder(), BrokenEncoder()):
        assert await _found(sessions, encoder, "nabucco") == ["B"]


async def test_a_half_placed_shop_finds_the_rest_by_words(sessions: SessionFactory) -> None:
    await _import(sessions, {**AIDA, "title_de": "Nilmusik", "title_en": "Music of the Nile"})
    await place_products(sessions, HashingEncoder())
    await _import(
        sessions, {**AIDA, "sku": "NEW", "title_de": "Nilgesang", "title_en": "Nile song"}
    )
    await count_words(sessions)

    found = await _found(sessions, HashingEncoder(), "music or song of the nile")

    assert sorted(found) == ["AIDA", "NEW"]


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


class Interrupted(HashingEncoder):
    """Lets something happen after its first batch, or is cancelled in the second."""

    def __init__(self, meanwhile: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.encoded and self._meanwhile is None:
            raise asyncio.CancelledError
        vectors = super().encode(texts)
        if self._meanwhile and self.encoded == len(texts):
            self._meanwhile()
        return vectors


class Slow(HashingEncoder):
    """Takes its time, so that two run side by side."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.1)
        return super().encode(texts)


def _operas(number: int) -> list[dict[str, object]]:
    plain = {"price": 9, "currency": "EUR", "stock": 1}
    return [{"sku": f"W-{n}", "title_en": f"Opera {n}", **plain} for n in range(number)]


async def _import(sessions: SessionFactory, *rows: Mapping[str, object]) -> None:
    records = [Record(line, None, dict(row)) for line, row in enumerate(rows, start=1)]
    report = await import_records(Noun.products, records, sessions)
    assert not report.refusals


async def _indexed(sessions: SessionFactory, names: Sequence[str]) -> list[str]:
    async with sessions() as session:
        made = " ".join(await session.scalars(text(HNSW))).replace("''", "'")
    return [name for name in names if f" = '{name}'::text" in made]


async def _vectors(sessions: SessionFactory) -> int:
    async with sessions() as session:
        return (await session.execute(select(func.count(ProductVector.id)))).scalar_one()


async def _found(sessions: SessionFactory, encoder: Encoder, words: str) -> list[str]:
    async with sessions.begin() as session:
        talk = await ConversationRepository(session).start(
            ConversationRef(Channel.chat, str(uuid4())), Language.en
        )
        wish = Wish(talk.id, words, Language.en)
        offers = await suggested(session, wish, most=1 + words.count(" "), at=NOW, encoder=encoder)
    return [offer.sku for offer in offers]
