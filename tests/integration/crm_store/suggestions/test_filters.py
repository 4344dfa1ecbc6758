from decimal import Decimal

import pytest
from sqlalchemy import select

from crm_store.base import Language
from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.models import Product, ProductKind
from crm_store.catalogue.placing import place_products
from crm_store.db import SessionFactory
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.models import Place, Suggestion
from crm_store.suggestions.service import Offer, Suggester, Wish
from tests.builders import NOW, a_conversation, a_product
from tests.encoders import BrokenEncoder, HashingEncoder

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def _made(
    title: str, creator: str | None, price: str, form: str | None, *, stock: int = 3
) -> Product:
    product = a_product(
        title,
        creator=creator,
        price=price,
        stock=stock,
        facets=f"{creator} Oper Opern opera operas",
    )
    product.genre, product.format = "opera", form
    product.subjects = [creator] if creator else []
    return product


@pytest.fixture
async def shop(sessions: SessionFactory) -> SessionFactory:
    """Operas by three composers at several prices, two of them on vinyl, one sold out."""
    requiem = _made("Requiem", "Giuseppe Verdi", "18.00", "cd")
    requiem.genre = "sacred"
    about = _made("The Master of Bayreuth", None, "21.00", "paperback")
    about.kind, about.subjects = ProductKind.book, ["Richard Wagner", "opera"]
    async with sessions.begin() as session:
        session.add_all(
            [
                _made("Aida", "Giuseppe Verdi", "29.90", "cd"),
                _made("Nabucco", "Giuseppe Verdi", "14.90", "cd"),
                _made("Otello", "Giuseppe Verdi", "39.90", "vinyl"),
                _made("Macbeth", "Giuseppe Verdi", "24.90", None),
                _made("Luisa Miller", "Giuseppe Verdi", "22.00", "cd", stock=0),
                _made("Parsifal", "Richard Wagner", "49.90", "vinyl"),
                _made("Lohengrin", "Richard Wagner", "19.90", "cd"),
                _made("Tosca", "Giacomo Puccini", "16.90", "cd"),
                requiem,
                about,
            ]
        )
    await place_products(sessions, HashingEncoder())
    return sessions


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Verdi under 20 euros", {"Nabucco", "Requiem"}),
        ("Verdi ab 30 Euro", {"Otello"}),
        ("Verdi zwischen 20 und 35 Euro", {"Aida", "Macbeth"}),
        ("Verdi um die 25 Euro", {"Aida", "Macbeth"}),
        ("Verdi on vinyl", {"Otello"}),
        ("Verdi auf CD", {"Aida", "Nabucco", "Requiem"}),
        ("Verdi, not on CD", {"Otello", "Macbeth"}),
        ("Verdi, aber keine Oper", {"Requiem"}),
        ("only by Puccini", {"Tosca"}),
        ("Opern, nichts von Verdi, nichts von Wagner", {"Tosca"}),
        ("Luisa Miller by Verdi, even if sold out, from 20 to 23 euros", {"Luisa Miller"}),
        ("Verdi zwischen 20 und 23 Euro", set()),
    ],
)
@pytest.mark.parametrize("encoder", [HashingEncoder(), BrokenEncoder()])
async def test_all_that_is_offered_passes(
    shop: SessionFactory, text: str, titles: set[str], encoder: Encoder
) -> None:
    offers = await _suggest(shop, text, encoder=encoder)

    assert {offer.title for offer in offers} == titles


@pytest.mark.parametrize(
    "text", ["opera, nothing by Wagner", "Opern ohne Wagner", "Verdi und Oper, bitte kein Wagner"]
)
async def test_who_was_refused_never_comes_not_even_as_a_theme(
    shop: SessionFactory, text: str
) -> None:
    offers = await _suggest(shop, text, most=20)

    assert offers
    assert not {offer.title for offer in offers} & {
        *("Parsifal", "Lohengrin", "The Master of Bayreuth")
    }


async def test_a_product_of_unknown_format_is_hidden_only_where_a_format_is_asked_for(
    shop: SessionFactory,
) -> None:
    any_format = await _suggest(shop, "Verdi", most=20)
    on_cd = await _suggest(shop, "Verdi auf CD", most=20)

    assert "Macbeth" in {offer.title for offer in any_format}
    assert "Macbeth" not in {offer.title for offer in on_cd}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Puccini on vinyl", "Tosca"),
        ("Nabucco auf Schallplatte", "Nabucco"),
        ("Aida on vinyl", "Aida"),
    ],
)
async def test_where_nothing_comes_in_a_format_the_nearest_does_and_says_so(
    shop: SessionFactory, text: str, first: str
) -> None:
    offers = await _suggest(shop, text)

    assert offers[0].title == first
    assert {offer.missed for offer in offers} == {("vinyl",)}
    assert offers[0].format == "cd"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("something like Nabucco on vinyl", "Otello"),
        ("more like Macbeth, under 15 euros", "Nabucco"),
    ],
)
async def test_the_like_of_a_work_may_be_limited_too(
    shop: SessionFactory, text: str, title: str
) -> None:
    offers = await _suggest(shop, text)

    assert [(offer.title, offer.missed) for offer in offers] == [(title, ())]


async def test_a_title_in_the_format_is_no_miss(shop: SessionFactory) -> None:
    offers = await _suggest(shop, "Otello on vinyl")

    assert offers[0].title == "Otello"
    assert offers[0].missed == ()


@pytest.mark.parametrize("text", ["What is there on vinyl?", "auf Schallplatte"])
async def test_a_format_alone_is_a_wish(shop: SessionFactory, text: str) -> None:
    offers = await _suggest(shop, text)

    assert {offer.title for offer in offers} == {"Otello", "Parsifal"}


async def test_a_refusal_alone_is_none(shop: SessionFactory) -> None:
    assert await _suggest(shop, "nichts von Wagner") == []


async def test_what_is_sold_out_comes_where_it_is_welcome_and_is_marked(
    shop: SessionFactory,
) -> None:
    usual = await _suggest(shop, "Luisa Miller", most=20)
    welcome = await _suggest(shop, "Luisa Miller, auch ausverkauft", most=20)

    assert "Luisa Miller" not in {offer.title for offer in usual}
    assert welcome[0].title == "Luisa Miller"
    assert not welcome[0].in_stock


async def test_what_holds_beside_the_words_holds(shop: SessionFactory) -> None:
    offers = await _suggest(shop, "Verdi auf CD", filters=Filters(most_price=Decimal(15)))

    assert [offer.title for offer in offers] == ["Nabucco"]


async def test_a_showing_tells_which_filters_it_went_by(shop: SessionFactory) -> None:
    await _suggest(shop, "Puccini on vinyl under 20 euros")

    async with shop() as session:
        kept = (await session.scalars(select(Suggestion))).first()
    assert kept is not None
    assert kept.derivation["filters"] == {"most_price": "20.0"}
    assert kept.derivation["not_in_format"] == ["vinyl"]


@pytest.mark.parametrize("word", ["Dampfer", "Blu-ray"])
async def test_a_filter_finds_what_lies_far_beyond_the_nearest(
    sessions: SessionFactory, word: str
) -> None:
    far = _made("Zzz", "Nobody", "5.00", "vinyl")
    near = [_made(f"{word} {nth}", "Somebody", "50.00", "cd") for nth in range(250)]
    async with sessions.begin() as session:
        session.add_all([far, *near])
    await place_products(sessions, HashingEncoder())

    offers = await _suggest(sessions, f"{word} unter 10 Euro")

    assert [offer.title for offer in offers] == ["Zzz"]


async def _suggest(
    sessions: SessionFactory,
    text: str,
    *,
    encoder: Encoder | None = None,
    filters: Filters | None = None,
    most: int = 3,
) -> list[Offer]:
    talk = a_conversation(language=Language.en)
    async with sessions.begin() as session:
        session.add(talk)
    wish = Wish(talk.id, text, Language.en, filters=filters or Filters(), place=Place.chat)
    suggester = Suggester(encoder or HashingEncoder())
    asked = await suggester.understand(wish)
    async with sessions.begin() as session:
        return await suggester.suggest(session, asked, most=most, at=NOW)
