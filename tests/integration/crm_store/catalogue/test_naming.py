import pytest

from crm_store.base import Language
from crm_store.catalogue.naming import Naming, named_in
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.db import SessionFactory
from crm_store.demo import content
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@pytest.fixture
async def shop(sessions: SessionFactory) -> SessionFactory:
    rows = (Record(line, None, row) for line, row in enumerate(content.products(), start=1))
    await import_records(Noun.products, rows, sessions)
    return sessions


@pytest.mark.parametrize(
    ("language", "text", "sku"),
    [
        ("de", "Was kostet Rigoletto?", "REC-VERDI-RIGOLETTO"),
        ("de", "Haben Sie die Zauberflöte da?", "REC-MOZART-MAGIC-FLUTE"),
        ("en", "is the magic flute in stock", "REC-MOZART-MAGIC-FLUTE"),
        ("de", "is the magic flute in stock", "REC-MOZART-MAGIC-FLUTE"),
        ("en", "how much is rigoleto", "REC-VERDI-RIGOLETTO"),
        ("en", "the seventh symphony by Beethoven", "REC-BEETHOVEN-SYMPHONY-7"),
        ("en", "two copies of the Mass in B minor please", "REC-BACH-MASS-B-MINOR"),
        ("de", "rec-verdi-nabucco bitte", "REC-VERDI-NABUCCO"),
    ],
)
async def test_a_title_is_found_however_it_is_said(
    shop: SessionFactory, language: str, text: str, sku: str
) -> None:
    naming = await _named(shop, text, Language(language))

    assert naming.certain is not None
    assert naming.certain.sku == sku


async def test_where_several_may_be_meant_none_is_certain(shop: SessionFactory) -> None:
    naming = await _named(shop, "Tosca auf DVD", Language.de)

    assert naming.certain is None
    assert [product.title(Language.de) for product in naming.possible] == [
        "Tosca",
        "Tosca in Rom – Opernfilm",
    ]


@pytest.mark.parametrize("text", ["Haben Sie das neue iPhone?", "ist der rote Koffer vorrätig"])
async def test_what_is_not_sold_is_not_found(shop: SessionFactory, text: str) -> None:
    naming = await _named(shop, text, Language.de)

    assert naming == Naming(said=True)


async def test_a_number_alone_names_nothing(shop: SessionFactory) -> None:
    assert (await _named(shop, "a rather odd one", Language.en)) == Naming(said=True)


async def _named(sessions: SessionFactory, text: str, language: Language) -> Naming:
    async with sessions() as session:
        return await named_in(text, language, CatalogueRepository(session))
