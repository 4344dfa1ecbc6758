import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from crm_store.base import Language
from crm_store.catalogue.care import CatalogueCare
from crm_store.catalogue.encoders import Encoder, Vectors
from crm_store.catalogue.models import ProductVector, VectorSpace
from crm_store.catalogue.placing import BATCH, FEW, place_products
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import EncoderMissing
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.suggestions.models import Suggestion
from crm_store.suggestions.wish import Wish
from tests.builders import NOW
from tests.encoders import NamedEncoder
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

WARMING = 1
AT_ONCE = timedelta(0)
WORKS = 40
INDEXES = "SELECT count(*) FROM pg_indexes WHERE indexname = :name"


class Library:
    """Loads encoders, but for those that it has not."""

    def __init__(self, *missing: str) -> None:
        self._missing = missing
        self.loaded: dict[str, NamedEncoder] = {}

    def __call__(self, name: str) -> Encoder:
        if name in self._missing:
            raise EncoderMissing(name)
        return self.loaded.setdefault(name, NamedEncoder(name))


class Weighed(NamedEncoder):
    """Knows how many texts it was given at most."""

    most = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.most = max(self.most, len(texts))
        return super().encode(texts)


class Stopping(NamedEncoder):
    """Is killed after its first batch."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.encoded:
            raise RuntimeError("killed")
        return super().encode(texts)


@pytest.fixture
async def shop(sessions: SessionFactory) -> SessionFactory:
    """A shop of numbered operas, placed by the former encoder."""
    await _bring_in(sessions, range(WORKS))
    await place_products(sessions, NamedEncoder("former"))
    return sessions


async def test_the_former_encoder_serves_until_the_wanted_one_has_placed_all(
    shop: SessionFactory,
) -> None:
    library = Library()
    care = CatalogueCare(shop, "wanted", library)

    await care.open()
    before, found = care.encoder.name, await _suggested_by(shop, care.encoder)
    await care.place()
    after, found_then = care.encoder.name, await _suggested_by(shop, care.encoder)

    assert (before, found) == ("former", {"former"})
    assert (after, found_then) == ("wanted", {"wanted"})
    assert library.loaded["wanted"].encoded == WORKS + WARMING + 1


async def test_every_wish_is_answered_by_meaning_while_the_encoder_changes(
    shop: SessionFactory,
) -> None:
    care = CatalogueCare(shop, "wanted", Library())
    await care.open()

    placing = asyncio.create_task(care.place())
    seen = set[str]()
    while not placing.done():
        seen |= await _near(shop, care.encoder)
    await placing
    seen |= await _near(shop, care.encoder)

    assert seen == {"former", "wanted"}


async def test_what_the_former_encoder_placed_goes_once_all_programs_have_left_it(
    shop: SessionFactory,
) -> None:
    care = CatalogueCare(shop, "wanted", Library())
    await care.open()

    await care.place()
    kept = await _placed(shop)
    await care.place(at_rest=AT_ONCE)

    assert kept == {"former": WORKS, "wanted": WORKS}
    assert await _placed(shop) == {"wanted": WORKS}
    async with shop() as session:
        indexes = {
            model: await session.scalar(text(INDEXES), {"name": f"ix_product_vectors_hnsw_{model}"})
            for model in ("former", "wanted")
        }
        spaces = set(await session.scalars(select(VectorSpace.model)))
    assert (indexes, spaces) == ({"former": 0, "wanted": 1}, {"wanted"})


async def test_another_program_switches_as_well_without_encoding_anything(
    shop: SessionFactory,
) -> None:
    library = Library()
    one, other = CatalogueCare(shop, "wanted", Library()), CatalogueCare(shop, "wanted", library)
    await one.open()
    await other.open()

    await asyncio.gather(one.place(), other.place())

    encoded = library.loaded["wanted"].encoded
    assert (one.encoder.name, other.encoder.name) == ("wanted", "wanted")
    assert await _placed(shop) == {"former": WORKS, "wanted": WORKS}
    assert encoded in {WARMING, WORKS + WARMING}


async def test_a_program_follows_an_encoder_that_somebody_else_has_completed(
    shop: SessionFactory,
) -> None:
    care = CatalogueCare(shop, "former", Library())
    await care.open()

    await place_products(shop, NamedEncoder("newer"))
    await care.follow()
    await care.place()

    assert care.encoder.name == "newer"
    assert await _serving(shop) == "newer"


async def test_the_next_start_goes_on_where_a_change_was_cut_off(shop: SessionFactory) -> None:
    with pytest.raises(RuntimeError):
        await place_products(shop, Stopping("wanted"))
    bystander = CatalogueCare(shop, "former", Library())
    await bystander.open()
    await bystander.place(at_rest=AT_ONCE)
    library = Library()
    care = CatalogueCare(shop, "wanted", library)

    await care.open()
    serving = care.encoder.name
    await care.place()

    assert (serving, care.encoder.name) == ("former", "wanted")
    assert library.loaded["wanted"].encoded == WORKS - BATCH + WARMING


async def test_a_former_encoder_that_cannot_be_loaded_leaves_words(shop: SessionFactory) -> None:
    care = CatalogueCare(shop, "wanted", Library("former"))

    await care.open()
    with pytest.raises(RuntimeError, match="could not be loaded"):
        care.encoder.encode(["Aida"])
    found = await _suggested_by(shop, care.encoder)
    await care.place()

    assert found == {"former"}
    assert care.encoder.name == "wanted"


async def test_a_wanted_encoder_that_cannot_be_loaded_leaves_the_former_one_at_work(
    shop: SessionFactory,
) -> None:
    care = CatalogueCare(shop, "wanted", Library("wanted"))
    await care.open()
    await _bring_in(shop, range(WORKS, WORKS + 3))

    await care.place()

    assert care.encoder.name == "former"
    assert await _placed(shop) == {"former": WORKS + 3}


async def test_changing_back_at_once_needs_no_encoding(shop: SessionFactory) -> None:
    there, library = CatalogueCare(shop, "wanted", Library()), Library()
    await there.open()
    await there.place()
    back = CatalogueCare(shop, "former", library)

    await back.open()
    await back.place()
    await there.follow()

    assert (back.encoder.name, there.encoder.name) == ("former", "former")
    assert library.loaded["former"].encoded == WARMING


async def test_a_shop_without_products_serves_with_the_wanted_encoder(
    sessions: SessionFactory,
) -> None:
    care = CatalogueCare(sessions, " wanted + more", Library())

    await care.open()
    await care.place()
    await _bring_in(sessions, range(3))
    await care.place()

    assert care.encoder.name == await _serving(sessions) == "wanted+more"
    assert await _placed(sessions) == {"wanted+more": 3}


@pytest.mark.parametrize(("wanted", "at_a_time"), [("former", FEW), ("wanted", BATCH)])
async def test_an_encoder_that_customers_ask_is_given_few_texts_at_a_time(
    shop: SessionFactory, wanted: str, at_a_time: int
) -> None:
    await _bring_in(shop, range(WORKS, 2 * WORKS))
    care = CatalogueCare(shop, wanted, Weighed)
    await care.open()

    await care.place()

    assert care.encoder.name == wanted
    assert isinstance(care.encoder.now, Weighed)
    assert care.encoder.now.most == at_a_time


async def test_an_encoder_that_takes_long_to_load_does_not_hold_up_the_start(
    shop: SessionFactory, caplog: pytest.LogCaptureFixture
) -> None:
    loadable = threading.Event()

    def load(name: str) -> Encoder:
        loadable.wait(10)
        return NamedEncoder(name)

    care = CatalogueCare(shop, "former", load)
    await care.open(patience=0.01)
    with pytest.raises(RuntimeError, match="could not be loaded"):
        care.encoder.encode(["Aida"])
    loadable.set()
    keeping = asyncio.create_task(care.keep())
    for _ in range(1000):
        if care.encoder.now.dimensions:
            break
        await asyncio.sleep(0.01)
    keeping.cancel()

    assert len(care.encoder.encode(["Aida"])) == 1
    assert "takes long to load" in caplog.text


async def test_it_looks_after_the_catalogue_again_after_trouble(
    shop: SessionFactory, caplog: pytest.LogCaptureFixture
) -> None:
    care = CatalogueCare(shop, "wanted", _failing_once(Library()))
    await care.open()

    keeping = asyncio.create_task(care.keep(follow_every=0.01, place_every=0.01))
    for _ in range(1000):
        if care.encoder.name == "wanted":
            break
        await asyncio.sleep(0.01)
    keeping.cancel()

    assert care.encoder.name == "wanted"
    assert "could not be looked after; trying again" in caplog.text


def _failing_once(library: Library) -> Callable[[str], Encoder]:
    failures = ["no memory left"]

    def load(name: str) -> Encoder:
        if name == "wanted" and failures:
            raise RuntimeError(failures.pop())
        return library(name)

    return load


async def _bring_in(sessions: SessionFactory, numbers: range) -> None:
    rows = [
        {"sku": f"W-{n}", "price": 9, "currency": "EUR", "stock": 1, "title_en": f"Opera {n}"}
        for n in numbers
    ]
    records = [Record(line, None, row) for line, row in enumerate(rows, start=1)]
    assert not (await import_records(Noun.products, records, sessions)).refusals


async def _placed(sessions: SessionFactory) -> dict[str, int]:
    counted = select(ProductVector.model, func.count().label("texts")).group_by(ProductVector.model)
    async with sessions() as session:
        return {row.model: row.texts for row in await session.execute(counted)}


async def _serving(sessions: SessionFactory) -> str | None:
    newest = select(VectorSpace.model).order_by(VectorSpace.complete_at.desc().nulls_last())
    async with sessions() as session:
        model: str | None = await session.scalar(newest.limit(1))
        return model


async def _near(sessions: SessionFactory, encoder: Encoder) -> set[str]:
    """Return the space that a wish was answered in, which has a vector for it."""
    placed = await asyncio.to_thread(encoder.place, ["opera"])
    async with sessions() as session:
        there = select(ProductVector.id).where(ProductVector.model == placed.space).limit(1)
        assert await session.scalar(there)
    return {placed.space}


async def _suggested_by(sessions: SessionFactory, encoder: Encoder) -> set[str]:
    """Return the encoders that suggestions were recorded with."""
    async with sessions.begin() as session:
        ref = ConversationRef(Channel.chat, encoder.name)
        talk = await ConversationRepository(session).start(ref, Language.en)
        wish = Wish(talk.id, "an opera please", Language.en)
        offers = await suggested(session, wish, at=NOW, encoder=encoder)
        assert offers
        shown = select(Suggestion.model).where(Suggestion.conversation_id == talk.id)
        return {str(model) for model in await session.scalars(shown)}
