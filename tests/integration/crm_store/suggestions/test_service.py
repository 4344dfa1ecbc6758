from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from crm_store.base import Language
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.models import Product
from crm_store.catalogue.placing import place_products
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.demo import content
from crm_store.errors import UnknownConversation, UnwelcomeNow
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.proof.occasions import OFFER_DUE
from crm_store.strategy.policies import policies, seed
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.models import Outcome, Place, Suggestion
from crm_store.suggestions.reasons import Link
from crm_store.suggestions.service import Offer, Wish, decide
from tests.builders import NOW, a_conversation
from tests.encoders import BrokenEncoder, HashingEncoder
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANA = "C-1001"
COMPOSERS = {"Giuseppe Verdi", "Wolfgang Amadeus Mozart"}
ENGLISH, GERMAN = "I love Verdi's operas", "Ich liebe Opern von Verdi"


@pytest.fixture
async def shop(sessions: SessionFactory) -> SessionFactory:
    """What the demo shop has of Verdi and Mozart, and Ana who bought some of it."""
    works = (row for row in content.products() if set(row["subjects"]) & COMPOSERS)
    await _import(sessions, Noun.products, works)
    ana = (row for row in content.customers() if row["number"] == ANA)
    await _import(sessions, Noun.customers, ana)
    hers = (row for row in content.orders(NOW.date()) if row["customer"] == ANA)
    await _import(sessions, Noun.orders, hers)
    await place_products(sessions, HashingEncoder())
    return sessions


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, Language.en), (GERMAN, Language.de)])
async def test_a_lover_of_verdi_is_shown_two_works_and_a_guide_to_italy(
    shop: SessionFactory, real_encoder: Encoder, text: str, language: Language
) -> None:
    await place_products(shop, real_encoder)

    offers = await _suggest(shop, text, language=language, encoder=real_encoder)

    products = [await _product(shop, offer) for offer in offers]
    assert [product.kind for product in products] == ["recording", "recording", "travel_guide"]
    assert [product.creator for product in products[:2]] == ["Giuseppe Verdi"] * 2
    assert [product.genre for product in products[:2]] == ["opera"] * 2
    assert products[2].country == "IT"
    assert all("Verdi" in offer.reason for offer in offers)


async def test_the_reason_is_in_the_customer_s_language(shop: SessionFactory) -> None:
    german = await _suggest(shop, GERMAN, language=Language.de)
    english = await _suggest(shop, ENGLISH)

    assert german[0].reason == "weil Sie Giuseppe Verdi mögen"
    assert english[0].reason == "because you like Giuseppe Verdi"


async def test_a_conversation_is_not_shown_the_same_twice(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)

    first = await _suggest(shop, ENGLISH, talk=talk)
    second = await _suggest(shop, ENGLISH, talk=talk)

    assert len({offer.product for offer in [*first, *second]}) == 6


async def test_what_was_shown_may_be_asked_for_again(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)

    first = await _suggest(shop, ENGLISH, talk=talk)
    again = await _suggest(shop, ENGLISH, talk=talk, skip_shown=False)

    assert [offer.product for offer in first] == [offer.product for offer in again]


async def test_what_a_customer_declined_does_not_come_back_to_them(shop: SessionFactory) -> None:
    first_talk, later = [await _a_conversation(shop, of=ANA) for _ in range(2)]
    offers = await _suggest(shop, ENGLISH, talk=first_talk)
    async with shop.begin() as session:
        await decide(session, first_talk, Outcome.declined, [offers[0].suggestion], at=NOW)

    again = await _suggest(shop, ENGLISH, talk=later)

    assert offers[0].product not in {offer.product for offer in again}
    assert offers[1].product in {offer.product for offer in again}


async def test_only_a_proved_customer_is_spared_what_they_own(shop: SessionFactory) -> None:
    proved = await _a_conversation(shop, of=ANA, level=Level.verified)
    claimed = await _a_conversation(shop, of=ANA, level=Level.claimed)

    # Ana bought it; whoever only claims to be Ana must not learn that from what is left out.
    assert "REC-VERDI-RIGOLETTO" not in await _skus(shop, "Rigoletto", talk=proved)
    assert "REC-VERDI-RIGOLETTO" in await _skus(shop, "Rigoletto", talk=claimed)


async def test_a_cancelled_order_is_not_owned(shop: SessionFactory) -> None:
    async with shop.begin() as session:
        await session.execute(update(Order).values(state=OrderState.cancelled))
    talk = await _a_conversation(shop, of=ANA, level=Level.verified)

    assert "REC-VERDI-RIGOLETTO" in await _skus(shop, "Rigoletto", talk=talk)


async def test_only_what_is_in_stock_is_suggested(shop: SessionFactory) -> None:
    async with shop.begin() as session:
        await session.execute(
            update(Product).values(stock=0).where(Product.sku != "REC-VERDI-AIDA")
        )

    assert await _skus(shop, ENGLISH) == ["REC-VERDI-AIDA"]


async def test_more_of_the_like_leaves_the_liked_one_out(shop: SessionFactory) -> None:
    async with shop() as session:
        aida = await session.scalar(select(Product).where(Product.sku == "REC-VERDI-AIDA"))
    assert aida is not None

    offers = await _suggest(shop, "", like=aida.id)

    assert aida.id not in {offer.product for offer in offers}
    assert (await _product(shop, offers[0])).creator == "Giuseppe Verdi"
    assert offers[0].reason == "because you like “Aida”"


async def test_something_like_a_work_is_not_the_work(shop: SessionFactory) -> None:
    offers = await _suggest(shop, "Etwas wie Rigoletto", language=Language.de)

    assert offers[0].reason == "weil Ihnen „Rigoletto“ gefällt"
    assert "Rigoletto" not in {offer.title for offer in offers}


async def test_each_showing_is_written_down_with_its_reason(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)

    offers = await _suggest(shop, ENGLISH, talk=talk)

    async with shop() as session:
        kept = list(await session.scalars(select(Suggestion).order_by(Suggestion.rank)))
        events = list(await session.scalars(select(Event.kind)))
    assert [(one.id, one.rank) for one in kept] == [
        (offer.suggestion, rank) for rank, offer in enumerate(offers, start=1)
    ]
    assert kept[0].reason["about"] == {"de": "Giuseppe Verdi", "en": "Giuseppe Verdi"}
    assert kept[0].derivation["wish"] == ENGLISH
    assert (kept[0].model, kept[0].outcome) == ("hashing", Outcome.shown)
    assert (kept[0].place, kept[0].asked, kept[0].created_at) == (Place.chat, True, NOW)
    assert (kept[0].reason_kind, kept[0].policy_version) == (
        Link.creator,
        policies({}).suggestions.version,
    )
    assert events == ["suggestion_shown"] * 3


async def test_a_showing_says_where_it_was(shop: SessionFactory) -> None:
    call = await _a_conversation(shop, channel=Channel.phone)

    await _suggest(shop, ENGLISH, talk=call)
    await _suggest(shop, ENGLISH, place=Place.product_page)

    async with shop() as session:
        places = list(await session.scalars(select(Suggestion.place).distinct()))
    assert set(places) == {Place.phone, Place.product_page}


@pytest.mark.parametrize("place", [Place.product_page, Place.desk, None])
async def test_the_control_group_is_offered_nothing_unasked(
    shop: SessionFactory, place: Place | None
) -> None:
    await _set(shop, control_share=1)
    talk = await _a_conversation(shop, of=ANA)

    assert await _suggest(shop, ENGLISH, talk=talk, place=place, asked=False) == []
    assert await _suggest(shop, ENGLISH, talk=talk, place=place)


async def test_either_group_is_known_by_what_was_due(shop: SessionFactory) -> None:
    for share in (0, 1):
        await _set(shop, control_share=share, most_unasked_per_day=9)
        await _suggest(shop, ENGLISH, talk=await _a_conversation(shop, of=ANA), asked=False)

    async with shop() as session:
        due = list(await session.scalars(select(Event).where(Event.kind == OFFER_DUE)))
        asked = set(await session.scalars(select(Suggestion.asked)))
    assert [(one.facts["control"], one.facts["place"]) for one in due] == [
        (False, "chat"),
        (True, "chat"),
    ]
    assert asked == {False}


async def test_whoever_is_not_known_is_in_no_group(shop: SessionFactory) -> None:
    await _set(shop, control_share=1)
    claimed = await _a_conversation(shop, of=ANA, level=Level.claimed)

    assert await _suggest(shop, ENGLISH, talk=claimed, asked=False)
    assert await _suggest(shop, ENGLISH, asked=False)


async def test_a_proof_that_has_lapsed_still_says_whose_group_counts(shop: SessionFactory) -> None:
    await _set(shop, control_share=1)
    talk = await _a_conversation(shop, of=ANA)
    async with shop.begin() as session:
        await session.execute(update(Conversation).values(level_seen_at=NOW - timedelta(hours=1)))

    assert await _suggest(shop, ENGLISH, talk=talk, asked=False) == []


async def test_an_outcome_is_given_once(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)
    offers = await _suggest(shop, ENGLISH, talk=talk)

    async with shop.begin() as session:
        taken = await decide(session, talk, Outcome.accepted, [offers[1].suggestion], at=NOW)
        rest = await decide(session, talk, Outcome.declined, at=NOW)
        none = await decide(session, talk, Outcome.accepted, [offers[1].suggestion], at=NOW)

    assert (taken, len(rest), none) == ([offers[1].suggestion], 2, [])


async def test_what_was_passed_over_for_something_new_is_ignored(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)
    await _suggest(shop, ENGLISH, talk=talk)

    await _suggest(shop, "Mozart", talk=talk)

    async with shop() as session:
        outcomes = list(await session.scalars(select(Suggestion.outcome)))
    assert sorted(outcomes) == ["ignored"] * 3 + ["shown"] * 3


async def test_a_broken_encoder_leaves_names_and_words(shop: SessionFactory) -> None:
    offers = await _suggest(shop, ENGLISH, encoder=BrokenEncoder())

    assert len(offers) == 3
    assert all("Verdi" in offer.reason for offer in offers)


@pytest.mark.parametrize("text", ["", "   ", "hello", "I would like something nice", "🎵"])
async def test_a_wish_for_nothing_finds_nothing(shop: SessionFactory, text: str) -> None:
    assert await _suggest(shop, text) == []


@pytest.mark.parametrize(
    "text", ["opera " * 900, "' | & ! <-> (", "Ω≈ç√ ' \\ :* verdi", "%s :terms"]
)
async def test_whatever_is_typed_is_only_words(shop: SessionFactory, text: str) -> None:
    assert len(await _suggest(shop, text)) <= 3


async def test_nothing_dearer_than_wished_is_suggested(shop: SessionFactory) -> None:
    offers = await _suggest(shop, ENGLISH, filters=Filters(most_price=Decimal("20.00")))

    assert offers
    assert all(offer.price <= Decimal("20.00") for offer in offers)


async def test_a_gift_may_be_what_the_giver_owns(shop: SessionFactory) -> None:
    async with shop() as session:
        owned = await session.scalar(select(OrderLine).where(OrderLine.sku.like("REC-VERDI-%")))
    assert owned is not None
    hers = [await _a_conversation(shop, of=ANA) for _ in range(2)]

    for_her, for_another = [
        {offer.sku for offer in await _suggest(shop, owned.title, talk=talk, gift=gift)}
        for talk, gift in zip(hers, (False, True), strict=True)
    ]

    assert owned.sku not in for_her
    assert owned.sku in for_another


@pytest.mark.parametrize(
    "kind", [CaseKind.complaint, CaseKind.damaged, CaseKind.wrong_item, CaseKind.missing]
)
async def test_nothing_is_suggested_after_a_complaint(shop: SessionFactory, kind: CaseKind) -> None:
    talk = await _a_conversation(shop)
    await _open_a_case(shop, talk, kind)

    with pytest.raises(UnwelcomeNow):
        await _suggest(shop, ENGLISH, talk=talk)


async def test_other_cases_and_other_conversations_are_no_complaint(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)
    await _open_a_case(shop, talk, CaseKind.login)
    await _open_a_case(shop, await _a_conversation(shop), CaseKind.complaint)

    assert await _suggest(shop, ENGLISH, talk=talk)


async def test_a_shop_may_want_it_otherwise(shop: SessionFactory) -> None:
    talk = await _a_conversation(shop)
    await _open_a_case(shop, talk, CaseKind.complaint)
    await _set(shop, after_complaint=True)

    assert await _suggest(shop, ENGLISH, talk=talk)


async def test_an_empty_shop_suggests_nothing(sessions: SessionFactory) -> None:
    assert await _suggest(sessions, ENGLISH) == []


async def test_a_conversation_that_never_was_is_refused(shop: SessionFactory) -> None:
    with pytest.raises(UnknownConversation):
        await _suggest(shop, ENGLISH, talk=uuid4())


async def _import(sessions: SessionFactory, noun: Noun, rows: Iterable[content.Row]) -> None:
    numbered = (Record(line, None, row) for line, row in enumerate(rows, start=1))
    report = await import_records(noun, numbered, sessions)
    assert report.rows
    assert not report.refusals


async def _set(sessions: SessionFactory, **rules: object) -> None:
    async with sessions.begin() as session:
        section = {**seed()["suggestions"], **rules}
        await PolicyRepository(session).change("suggestions", section, at=NOW)


async def _a_conversation(
    sessions: SessionFactory,
    *,
    of: str | None = None,
    level: Level = Level.verified,
    channel: Channel = Channel.chat,
) -> UUID:
    async with sessions.begin() as session:
        customer = await session.scalar(select(Customer).where(Customer.number == of))
        talk: Conversation = a_conversation(
            channel=channel, of=customer, level=level if of else Level.anonymous
        )
        session.add(talk)
    return talk.id


async def _open_a_case(sessions: SessionFactory, talk: UUID, kind: CaseKind) -> None:
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, talk)
        await CaseRepository(session).open(conversation, kind, "It is broken.", at=NOW)


async def _suggest(
    sessions: SessionFactory,
    text: str,
    *,
    talk: UUID | None = None,
    language: Language = Language.en,
    encoder: Encoder | None = None,
    like: UUID | None = None,
    skip_shown: bool = True,
    filters: Filters | None = None,
    gift: bool = False,
    place: Place | None = None,
    asked: bool = True,
) -> list[Offer]:
    talk = talk or await _a_conversation(sessions)
    wish = Wish(
        talk,
        text,
        language,
        like=like,
        filters=filters or Filters(),
        gift=gift,
        skip_shown=skip_shown,
        place=place,
        asked=asked,
    )
    async with sessions.begin() as session:
        return await suggested(session, wish, at=NOW, encoder=encoder)


async def _skus(sessions: SessionFactory, text: str, *, talk: UUID | None = None) -> list[str]:
    return [offer.sku for offer in await _suggest(sessions, text, talk=talk)]


async def _product(sessions: SessionFactory, offer: Offer) -> Product:
    async with sessions() as session:
        return await session.get_one(Product, offer.product)
