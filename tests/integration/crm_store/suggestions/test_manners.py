"""What is never suggested, and when nothing is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from crm_store.base import Json, Language
from crm_store.cases.models import Case, CaseKind
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import UnwelcomeNow
from crm_store.interests.repository import InterestRepository
from crm_store.orders.models import Order, OrderState
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.manners import put_off
from crm_store.suggestions.models import Outcome, Suggestion
from crm_store.suggestions.service import Wish, decide
from tests.builders import (
    NOW,
    a_conversation,
    a_customer,
    a_product,
    a_return,
    an_order,
    consent,
)
from tests.integration.actions.conftest import kept
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OPERAS = ("Aida", "Nabucco", "Otello", "Rigoletto", "Falstaff", "Macbeth")
VERDI = "I love Verdi"
TOMORROW = timedelta(days=1, minutes=1)


class Shop:
    """Some of Verdi's operas, and Ana, who talks to us several times."""

    def __init__(self, sessions: SessionFactory) -> None:
        self.sessions = sessions
        self.operas = {title: a_product(title) for title in OPERAS}
        self.ana = a_customer()

    async def talk(self, *, known: bool = True) -> Conversation:
        level = Level.verified if known else Level.anonymous
        talk = a_conversation(of=self.ana if known else None, level=level)
        await kept(self.sessions, talk)
        return talk

    async def titles(
        self, talk: Conversation | None = None, text: str = VERDI, **wish: Any
    ) -> set[str]:
        """What Ana is suggested; all there is, if she asks for so much."""
        talk = talk or await self.talk()
        return {offer.title for offer in await self.offers(talk, text, **wish)}

    async def offers(
        self, talk: Conversation, text: str = VERDI, *, at: datetime = NOW, **wish: Any
    ) -> list[Any]:
        async with self.sessions.begin() as session:
            wished = Wish(talk.id, text, Language.en, **wish)
            return await suggested(session, wished, most=9, at=at)

    async def unasked(self, talk: Conversation, *, after: timedelta = timedelta()) -> bool:
        """Whether she is offered something that she has not asked for."""
        async with self.sessions.begin() as session:
            # A call takes place later, and she proves herself anew.
            (await session.get_one(Conversation, talk.id)).level_seen_at = NOW + after
        try:
            return bool(await self.offers(talk, asked=False, at=NOW + after))
        except UnwelcomeNow:
            return False

    async def decline(self, talk: Conversation) -> None:
        async with self.sessions.begin() as session:
            await decide(session, talk.id, Outcome.declined, at=NOW)

    def order(self, *titles: str, state: OrderState = OrderState.delivered) -> Order:
        skus = tuple(self.operas[title].sku for title in titles)
        order = an_order(self.ana, titles=skus, state=state)
        for line, title in zip(order.lines, titles, strict=True):
            line.product_id = self.operas[title].id
        return order

    async def rules(self, **rules: Any) -> None:
        # The draw has its own tests: nobody is in the control group here.
        section: Json = {**seed()["suggestions"], "control_share": 0, **rules}
        async with self.sessions.begin() as session:
            await PolicyRepository(session).change("suggestions", section, at=NOW)


@pytest.fixture
async def shop(sessions: SessionFactory) -> Shop:
    shop = Shop(sessions)
    await kept(sessions, shop.ana, *shop.operas.values())
    await shop.rules()
    return shop


async def test_all_is_suggested_to_whoever_wants_all(shop: Shop) -> None:
    assert await shop.titles() == set(OPERAS)


async def test_never_what_was_sent_back(shop: Shop) -> None:
    order = shop.order("Aida", "Otello")
    await kept(shop.sessions, order, a_return(order, "SKU-AIDA"))

    assert await shop.titles(gift=True) == set(OPERAS) - {"Aida"}


async def test_never_what_came_back_in_an_order_of_old(shop: Shop) -> None:
    await kept(shop.sessions, shop.order("Aida", state=OrderState.returned))

    assert await shop.titles() == set(OPERAS) - {"Aida"}


@pytest.mark.parametrize(
    ("kind", "spoils"),
    [
        (CaseKind.complaint, True),
        (CaseKind.damaged, True),
        (CaseKind.wrong_item, True),
        (CaseKind.invoice, False),
    ],
)
async def test_never_what_was_complained_about(shop: Shop, kind: CaseKind, spoils: bool) -> None:
    order = shop.order("Aida")
    await kept(shop.sessions, order, a_case(shop.ana, order, kind))

    assert ("Aida" in await shop.titles(gift=True)) is not spoils


async def test_what_was_refused_in_one_talk_is_refused_in_all(shop: Shop) -> None:
    before = await shop.talk()
    await shop.offers(before, "Aida")
    await shop.decline(before)

    assert await shop.titles() == set(OPERAS) - {"Aida"}


async def test_never_this_holds_for_the_product_in_every_talk(shop: Shop) -> None:
    await never(shop, await shop.talk(), product=shop.operas["Aida"])

    assert await shop.titles() == set(OPERAS) - {"Aida"}


async def test_never_this_creator_holds_for_all_works_until_they_are_asked_for(
    shop: Shop,
) -> None:
    await kept(shop.sessions, a_product("Tosca", creator="Giacomo Puccini", facets="opera"))
    await never(shop, await shop.talk(), creator="Giuseppe Verdi")

    assert await shop.titles(text="opera") == {"Tosca"}
    assert await shop.titles(text="Verdi after all") == set(OPERAS)


async def test_never_this_of_a_stranger_holds_in_that_talk(shop: Shop) -> None:
    stranger = await shop.talk(known=False)
    await never(shop, stranger, product=shop.operas["Aida"])

    assert await shop.titles(stranger) == set(OPERAS) - {"Aida"}
    assert await shop.titles(await shop.talk(known=False)) == set(OPERAS)


async def test_what_nobody_asked_for_is_offered_once_a_day(shop: Shop) -> None:
    first, same_day, next_day = [await shop.talk() for _ in range(3)]

    assert await shop.unasked(first)
    assert not await shop.unasked(same_day)
    assert await shop.unasked(next_day, after=TOMORROW)


async def test_how_often_is_the_shops_to_say(shop: Shop) -> None:
    await shop.rules(most_unasked_per_day=2, rest_days_after_decline=0)
    talks = [await shop.talk() for _ in range(3)]
    await shop.rules(most_unasked_per_day=2)

    assert [await shop.unasked(talk) for talk in talks] == [True, True, False]


async def test_what_was_asked_for_does_not_count(shop: Shop) -> None:
    await shop.offers(await shop.talk(), "Aida")

    assert await shop.unasked(await shop.talk())


async def test_after_a_no_the_customer_is_left_alone_for_days(shop: Shop) -> None:
    before = await shop.talk()
    await shop.offers(before, "Aida")
    async with shop.sessions.begin() as session:
        aida = select(Suggestion.id).where(Suggestion.product_id == shop.operas["Aida"].id)
        (one,) = await session.scalars(aida)
        await decide(session, before.id, Outcome.declined, [one], at=NOW)
    later = await shop.talk()

    assert not await shop.unasked(later, after=timedelta(days=6, hours=23))
    assert not await shop.unasked(before, after=timedelta(days=7, minutes=1))
    assert await shop.unasked(later, after=timedelta(days=7, minutes=1))


async def test_not_now_leaves_this_conversation_alone_and_refuses_nothing(shop: Shop) -> None:
    talk = await shop.talk()
    async with shop.sessions.begin() as session:
        put_off(session, await session.get_one(Conversation, talk.id))

    assert not await shop.unasked(talk)
    assert await shop.titles(talk) == set(OPERAS)
    assert await shop.unasked(await shop.talk())


async def test_a_withdrawn_consent_ends_offers_but_no_answers(shop: Shop) -> None:
    await kept(shop.sessions, consent(shop.ana, given=False))

    assert not await shop.unasked(await shop.talk())
    assert await shop.titles() == set(OPERAS)


async def test_where_a_shop_wants_consent_a_stranger_is_offered_nothing(shop: Shop) -> None:
    await shop.rules(opt_in=True)
    stranger, hers = await shop.talk(known=False), await shop.talk()

    assert not await shop.unasked(stranger)
    assert not await shop.unasked(hers)
    await kept(shop.sessions, consent(shop.ana, given=True))
    assert await shop.unasked(hers)


async def test_nothing_is_offered_unasked_after_a_complaint(shop: Shop) -> None:
    talk = await shop.talk()
    case = a_case(shop.ana, None, CaseKind.complaint)
    case.conversation_id = talk.id
    await kept(shop.sessions, case)

    assert not await shop.unasked(talk)


async def never(
    shop: Shop, talk: Conversation, *, product: Product | None = None, creator: str = ""
) -> None:
    async with shop.sessions.begin() as session:
        interests = InterestRepository(session)
        if product is None:
            interests.never_by(talk, creator, at=NOW, message_id=None)
        else:
            interests.never(talk, product.id, product.sku, at=NOW, message_id=None)


def a_case(of: Customer, order: Order | None, kind: CaseKind) -> Case:
    return Case(
        number=f"K-{uuid4()}",
        kind=kind,
        customer_id=of.id,
        order_id=order.id if order else None,
        language=Language.en,
        text="It is broken.",
        promised_by=NOW,
    )
