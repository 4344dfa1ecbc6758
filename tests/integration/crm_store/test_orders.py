import inspect

import pytest

from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import InvoiceNotFound, LevelTooLow, OrderNotCancellable, OrderNotFound
from crm_store.invoices.models import invoice_for
from crm_store.invoices.repository import InvoiceRepository
from crm_store.orders.models import OrderState
from crm_store.orders.repository import OrderRepository
from tests.builders import NOW, a_conversation, a_customer, an_order

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PRIVATE = [
    (repository, name)
    for repository in (OrderRepository, InvoiceRepository)
    for name, _ in inspect.getmembers(repository, inspect.isfunction)
    if not name.startswith("_")
]


@pytest.mark.parametrize("level", [Level.anonymous, Level.claimed])
@pytest.mark.parametrize(("repository", "name"), PRIVATE)
async def test_every_private_look_up_demands_a_proof(
    sessions: SessionFactory,
    repository: type[OrderRepository | InvoiceRepository],
    name: str,
    level: Level,
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=level)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add_all([hers, an_order(ana)])

    async with sessions() as session:
        ask = getattr(repository(session), name)
        more = {"number": "A-17"} if "number" in inspect.signature(ask).parameters else {}
        with pytest.raises(LevelTooLow):
            await ask(hers, at=NOW, **more)


async def test_somebody_elses_order_is_not_found(sessions: SessionFactory) -> None:
    ana, ben = a_customer(), a_customer(number="C-2")
    hers = a_conversation(of=ana, level=Level.verified)
    async with sessions.begin() as session:
        session.add_all([ana, ben])
        await session.flush()
        session.add_all([hers, an_order(ben)])

    async with sessions() as session:
        with pytest.raises(OrderNotFound):
            await OrderRepository(session).find(hers, at=NOW, number="A-17")


async def test_what_has_left_is_not_cancelled(sessions: SessionFactory) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add_all([hers, an_order(ana, state=OrderState.shipped)])

    async with sessions() as session:
        with pytest.raises(OrderNotCancellable):
            await OrderRepository(session).cancel(hers, at=NOW, number="A-17")


async def test_an_invoice_is_found_by_its_order_and_by_its_own_number(
    sessions: SessionFactory,
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, state=OrderState.shipped)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add_all([hers, order])
        await session.flush()
        session.add(invoice_for(order))

    async with sessions() as session:
        invoices = InvoiceRepository(session)
        invoice = await invoices.of_order(hers, at=NOW, number="a17")
        again = await invoices.find(hers, at=NOW, number=invoice.number.lower())

    assert (invoice.order_number, invoice.total) == ("A-17", order.total)
    assert again.id == invoice.id


async def test_nobody_elses_invoice_is_found_nor_one_that_is_not_written_yet(
    sessions: SessionFactory,
) -> None:
    ana, ben = a_customer(), a_customer(number="C-2", email="ben@example.com")
    hers = a_conversation(of=ana, level=Level.verified)
    theirs = an_order(ben, number="A-9", state=OrderState.shipped)
    async with sessions.begin() as session:
        session.add_all([ana, ben])
        await session.flush()
        session.add_all([hers, theirs, an_order(ana)])
        await session.flush()
        session.add(invoice_for(theirs))

    async with sessions() as session:
        for number in ("A-9", "A-17"):
            with pytest.raises(InvoiceNotFound):
                await InvoiceRepository(session).of_order(hers, at=NOW, number=number)
