"""From an offer, or none, over an order to the report."""

from uuid import UUID, uuid4

import pytest

from crm_store.base import Language
from crm_store.catalogue.models import ProductKind
from crm_store.catalogue.placing import place_products
from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.proof.report import suggestions_report
from crm_store.shop.own import OwnShop
from crm_store.shop.protocol import Basket
from crm_store.strategy.policies import policies
from crm_store.suggestions.models import Place
from crm_store.suggestions.service import Offer
from crm_store.suggestions.wish import Wish
from tests.builders import NOW, a_customer, a_product
from tests.encoders import HashingEncoder
from tests.integration.actions.conftest import kept
from tests.integration.crm_store.proof.shop import proved
from tests.suggesting import suggested

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

HOME = PostalAddress("Hauptstraße 5", "10115", "Berlin", "DE")
RULES = policies({}).suggestions


async def test_what_the_one_is_offered_and_the_other_is_not_is_in_the_report(
    sessions: SessionFactory,
) -> None:
    aida, life = a_product("Aida"), a_product("Verdi: A Life", kind=ProductKind.book)
    await kept(sessions, aida, life)
    await place_products(sessions, HashingEncoder())
    ana, ben = _drawn(control=False), _drawn(control=True)
    hers, his = proved(ana), proved(ben)
    await kept(sessions, ana, ben, hers, his)

    for_her, for_him = [await _offered(sessions, talk) for talk in (hers, his)]
    for sku in (aida.sku, life.sku):
        await _orders(sessions, hers.id, sku)
    await _orders(sessions, his.id, aida.sku)

    assert {offer.sku for offer in for_her} == {aida.sku, life.sku}
    assert for_him == []
    async with sessions() as session:
        report = await suggestions_report(session)
    assert (report.offered, report.control) == (1, 1)
    page = report.places["product_page"]
    assert (page.shown, page.bought, page.rate) == (2, 2, 1.0)
    assert (report.cross_buying.offered, report.cross_buying.control) == (1.0, 0.0)
    assert not report.cross_buying.enough


def _drawn(*, control: bool) -> Customer:
    """Return a customer whom the draw puts into a group."""
    somebody = a_customer(number=f"C-{uuid4().hex}", email=None, control=control)
    somebody.address = HOME
    return somebody


async def _offered(sessions: SessionFactory, talk: Conversation) -> list[Offer]:
    wish = Wish(talk.id, "Giuseppe Verdi", Language.en, place=Place.product_page, asked=False)
    async with sessions.begin() as session:
        return await suggested(session, wish, at=NOW)


async def _orders(sessions: SessionFactory, talk: UUID, sku: str) -> None:
    basket = Basket(sku, 1, delivery="standard", payment="invoice")
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, talk)
        await OwnShop().place(session, conversation, basket, at=NOW, cause=uuid4())
