"""Who waits for a product is told once, when it is back."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.contacts import Contact
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.outbox.models import OutboxMessage
from crm_store.shop.models import StockWatch
from crm_store.shop.repository import WatchRepository
from crm_store.shop.watching import announce_back_in_stock
from tests.builders import NOW, a_conversation, a_customer, a_product
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ADDRESS = Contact.email("ben@example.com")


async def watched(sessions: SessionFactory, *, times: int = 1) -> tuple[Conversation, Product]:
    aida, his = a_product("Aida", sku="AIDA", stock=0), a_conversation()
    await kept(sessions, aida, his)
    async with sessions.begin() as session:
        for _ in range(times):
            await WatchRepository(session).watch(his, aida, ADDRESS, "Aida is back.")
    return his, aida


async def outbox(sessions: SessionFactory) -> Sequence[OutboxMessage]:
    async with sessions() as session:
        return (await session.scalars(select(OutboxMessage))).all()


async def test_the_message_goes_out_once_and_its_address_is_forgotten(
    sessions: SessionFactory,
) -> None:
    his, aida = await watched(sessions, times=2)

    told = []
    for _ in range(2):
        async with sessions.begin() as session:
            told.append(await announce_back_in_stock(session, aida.id, at=NOW))

    assert told == [1, 0]
    (message,) = await outbox(sessions)
    assert (message.address, message.text) == ("ben@example.com", "Aida is back.")
    assert message.conversation_id == his.id
    async with sessions() as session:
        watch = (await session.scalars(select(StockWatch))).one()
    assert (watch.address, watch.text, watch.notified_at) == ("", "", NOW)


async def test_a_contact_on_file_is_its_customers(sessions: SessionFactory) -> None:
    ana, aida = a_customer(), a_product("Aida", stock=0)
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, aida, hers)

    async with sessions.begin() as session:
        await WatchRepository(session).watch(hers, aida, ana.contacts[0], "Aida is back.")
        await announce_back_in_stock(session, aida.id, at=NOW)

    (message,) = await outbox(sessions)
    assert message.customer_id == ana.id


async def test_whoever_was_told_may_wait_again(sessions: SessionFactory) -> None:
    his, aida = await watched(sessions)
    async with sessions.begin() as session:
        await announce_back_in_stock(session, aida.id, at=NOW)
        await WatchRepository(session).watch(his, aida, ADDRESS, "Aida is back.")

    async with sessions.begin() as session:
        assert await announce_back_in_stock(session, aida.id, at=NOW) == 1


@pytest.mark.parametrize(("stock", "messages"), [(0, 0), (2, 1)])
async def test_an_import_that_brings_stock_tells_who_waits(
    sessions: SessionFactory, stock: int, messages: int
) -> None:
    await watched(sessions)
    row = {"sku": "AIDA", "price": 19.9, "currency": "EUR", "stock": stock, "title_de": "Aida"}

    report = await import_records(Noun.products, [Record(1, None, row)], sessions)

    assert not report.refusals
    assert len(await outbox(sessions)) == messages
