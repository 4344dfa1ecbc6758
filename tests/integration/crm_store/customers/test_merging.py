"""Who seems to be the same, and becomes one only once it is confirmed."""

from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from crm_store.agents.models import Agent
from crm_store.agents.worth_repository import WorthRepository
from crm_store.base import Base, Language
from crm_store.conversations.models import Conversation, Handler
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.likeness import By, LikenessRepository
from crm_store.customers.merging import merge
from crm_store.customers.models import (
    ContactKind,
    ContactPoint,
    Customer,
    Interest,
    InterestSource,
    Level,
)
from crm_store.customers.recognising import recognise
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow, NotConfirmed, OtherCustomer, UnknownCustomer
from crm_store.orders.models import Order
from crm_store.referrals.models import Referral, ReferralCode
from crm_store.vouchers.models import Voucher, VoucherOrigin
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

HOME = PostalAddress("Am Markt 1", "07743", "Jena", "DE")
MIA = Agent(id=uuid4(), login="mia", name="Mia", password_hash="x")


def two() -> tuple[Customer, Customer]:
    ana, again = a_customer(phone="+493025555501"), a_customer(number="C-2", phone="+493025555501")
    ana.address = again.address = HOME
    return ana, again


async def test_a_caller_and_a_claim_and_a_browser_are_maybes(sessions: SessionFactory) -> None:
    ana, stranger = a_customer(phone="+493025555501"), a_conversation()
    before = a_conversation(of=ana, level=Level.verified)
    before.visitor = stranger.visitor = "v1"
    stranger.caller_number = "+493025555501"
    stranger.slots = {"claim": "my number is C-1"}
    nobody = a_conversation()
    await kept(sessions, ana, before, stranger, nobody)

    assert await maybe(sessions, stranger) == [("C-1", [By.claim, By.caller, By.browser])]
    assert await maybe(sessions, nobody) == []


async def test_another_record_with_the_same_contact_and_name_is_a_maybe(
    sessions: SessionFactory,
) -> None:
    ana, again = two()
    other = a_customer(number="C-3", email="bob@example.com")
    other.family_name = "Other"
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, again, other, hers)

    assert await maybe(sessions, hers) == [("C-2", [By.contact, By.name])]


async def test_to_be_recognised_proves_nothing(sessions: SessionFactory) -> None:
    ana, stranger, mia = a_customer(), a_conversation(), an_agent()
    stranger.handler, stranger.agent_id = Handler.agent, mia.id
    await kept(sessions, ana, mia, stranger)

    async with sessions.begin() as session:
        await recognise(session, stranger.id, mia, ana.id, at=NOW)

    async with sessions() as session:
        now = await session.get_one(Conversation, stranger.id)
    assert (now.customer_id, now.current_level(NOW)) == (ana.id, Level.claimed)
    with pytest.raises(LevelTooLow):
        now.verified_customer(NOW)


async def test_whoever_has_proved_who_they_are_is_nobody_else(sessions: SessionFactory) -> None:
    ana, again = two()
    hers, mia = a_conversation(of=ana, level=Level.verified), an_agent()
    hers.handler, hers.agent_id = Handler.agent, mia.id
    await kept(sessions, ana, again, mia, hers)

    async with sessions.begin() as session:
        with pytest.raises(OtherCustomer):
            await recognise(session, hers.id, mia, again.id, at=NOW)


async def test_nothing_is_merged_without_the_number_of_what_goes(sessions: SessionFactory) -> None:
    ana, again = two()
    await kept(sessions, ana, again)

    async with sessions.begin() as session:
        with pytest.raises(NotConfirmed):
            await merge(session, ana.id, again.id, MIA, confirmed="C-1", at=NOW)
        with pytest.raises(UnknownCustomer):
            await merge(session, ana.id, ana.id, MIA, confirmed="C-1", at=NOW)


async def test_all_that_is_one_records_is_the_others_then(sessions: SessionFactory) -> None:
    ana, again = two()
    friend, product = a_customer(number="C-9", email="friend@example.com"), a_product("Aida")
    hers = a_conversation(of=again, level=Level.verified)
    codes = [ReferralCode(id=uuid4(), customer_id=one.id, code=one.number) for one in (ana, again)]
    voucher = Voucher(
        id=uuid4(),
        code="V",
        origin=VoucherOrigin.referral,
        value=Decimal(10),
        currency="EUR",
        valid_until=NOW.date(),
    )
    referral = Referral(
        code_id=codes[1].id, friend_id=friend.id, voucher_id=voucher.id, credited_at=NOW
    )
    likings = [
        Interest(
            customer_id=one.id,
            product_id=product.id,
            text="Aida",
            language=Language.de,
            source=InterestSource.bought,
        )
        for one in (ana, again)
    ]
    mail = ContactPoint(id=uuid4(), kind=ContactKind.email, value="new@example.com")
    again.contacts.append(mail)
    await kept(sessions, ana, again, friend, product, hers)
    await kept(sessions, an_order(again), *codes, voucher, *likings)
    await kept(sessions, referral)

    async with sessions.begin() as session:
        await merge(session, ana.id, again.id, MIA, confirmed="c-2", at=NOW)

    async with sessions() as session:
        assert await session.get(Customer, again.id) is None
        assert (await session.scalars(select(Order))).one().customer_id == ana.id
        assert (await session.get_one(Conversation, hers.id)).customer_id == ana.id
        assert (await session.scalars(select(Interest))).one().customer_id == ana.id
        assert (await session.scalars(select(Referral))).one().code_id == codes[0].id
        reached = await session.scalars(
            select(ContactPoint.value).where(ContactPoint.customer_id == ana.id)
        )
        assert sorted(reached) == ["+493025555501", "ana@example.com", "new@example.com"]
        worth = await WorthRepository(session, MIA).of(ana.id, without=uuid4())
    assert (worth.orders, worth.contacts) == (1, 1)
    assert str(worth.spent) == "27.90"


def test_every_reference_to_a_customer_can_be_moved() -> None:
    references = [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Customer.__table__
    ]

    assert {column.table.name for column in references} >= {"orders", "conversations", "consents"}
    assert all("id" in column.table.columns for column in references)


def an_agent() -> Agent:
    return Agent(id=uuid4(), login="mia", name="Mia", password_hash="x")


async def maybe(sessions: SessionFactory, conversation: Conversation) -> list[tuple[str, list[By]]]:
    async with sessions() as session:
        held = await session.get_one(Conversation, conversation.id)
        found = await LikenessRepository(session, MIA).maybe(held, region="DE")
    return [(one.customer.number, list(one.by)) for one in found]
