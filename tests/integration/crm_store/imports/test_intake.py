import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.customers.addresses import DeliveryAddress, PostalAddress
from crm_store.customers.models import ContactPoint, Customer, Interest
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.imports.report import Change, Report
from crm_store.invoices.models import Invoice
from crm_store.orders.models import Order

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

AIDA = {
    "sku": "AIDA",
    "kind": "recording",
    "creator": "Giuseppe Verdi",
    "genre": "opera",
    "country": "IT",
    "subjects": "Egypt|Cairo",
    "price": "24.90",
    "currency": "EUR",
    "stock": 3,
    "title_de": "Aida",
    "title_en": "Aida",
}
ANA = {
    "number": "C-1",
    "given_name": "Ana",
    "family_name": "Ruiz",
    "language": "de",
    "email": "Ana@Example.com",
    "phone": "+44 7700 900017",
    "since": "2024-01-01",
    "interests": ["Verdi"],
}
BERLIN = {
    "street": "Am Rosengarten 12",
    "postcode": "10437",
    "town": "Berlin",
    "country": "DE",
}
ORDER = {
    "number": "A-1",
    "customer": "C-1",
    "placed_at": "2026-11-01T09:00:00Z",
    "state": "placed",
    "currency": "EUR",
    "lines": [{"sku": "AIDA", "title": "Aida", "quantity": 2, "price": "24.90"}],
}


async def test_a_repeat_changes_nothing(sessions: SessionFactory) -> None:
    for noun, row in ((Noun.products, AIDA), (Noun.customers, ANA), (Noun.orders, ORDER)):
        first, again = await _import(sessions, noun, row), await _import(sessions, noun, row)

        assert first.changes == {Change.added: 1}
        assert again.changes == {Change.unchanged: 1}


async def test_what_a_row_says_goes_in_and_is_changed_with_it(sessions: SessionFactory) -> None:
    await _import(sessions, Noun.products, AIDA)

    report = await _import(
        sessions, Noun.products, {**AIDA, "price": "19.90", "title_en": "", "title_de": "Aïda"}
    )

    assert report.changes == {Change.changed: 1}
    async with sessions() as session:
        aida = await CatalogueRepository(session).find("AIDA")
    assert aida is not None
    assert str(aida.price) == "19.90"
    assert [(text.language, text.title) for text in aida.texts] == [("de", "Aïda")]
    assert aida.subjects == ["Egypt", "Cairo"]


async def test_a_customer_is_reached_where_the_newest_row_says(sessions: SessionFactory) -> None:
    await _import(sessions, Noun.customers, ANA)

    await _import(sessions, Noun.customers, {**ANA, "email": "new@example.com", "phone": None})

    async with sessions() as session:
        assert list(await session.scalars(select(ContactPoint.value))) == ["new@example.com"]
        assert list(await session.scalars(select(Interest.text))) == ["Verdi"]


async def test_an_order_belongs_to_its_customer_and_names_its_products(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, Noun.products, AIDA)
    await _import(sessions, Noun.customers, ANA)

    await _import(sessions, Noun.orders, ORDER)
    report = await _import(sessions, Noun.orders, {**ORDER, "state": "shipped"})

    assert report.changes == {Change.changed: 1}
    async with sessions() as session:
        order = (await session.scalars(select(Order))).one()
        assert order.customer_id == await session.scalar(select(Customer.id))
        assert (str(order.total), order.state) == ("49.80", "shipped")


async def test_a_customer_lives_where_a_row_says_and_stays_there_if_one_says_nothing(
    sessions: SessionFactory,
) -> None:
    first = await _import(sessions, Noun.customers, {**ANA, **BERLIN})
    silent = await _import(sessions, Noun.customers, ANA)
    moved = await _import(sessions, Noun.customers, {**ANA, **BERLIN, "street": "Am Markt 3"})

    assert [report.changes for report in (first, silent, moved)] == [
        {Change.added: 1},
        {Change.unchanged: 1},
        {Change.changed: 1},
    ]
    async with sessions() as session:
        ana = (await session.scalars(select(Customer))).one()
    assert ana.address == PostalAddress("Am Markt 3", "10437", "Berlin", "DE")


async def test_an_order_goes_to_its_customers_address_unless_its_row_says_otherwise(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, Noun.customers, {**ANA, **BERLIN})
    gift = {**BERLIN, "street": "Am Markt 3", "recipient": "Eva Ruiz"}

    await _import(sessions, Noun.orders, ORDER, {**ORDER, **gift, "number": "A-2"})

    async with sessions() as session:
        orders = (await session.scalars(select(Order).order_by(Order.number))).all()
    assert [order.address for order in orders] == [
        DeliveryAddress("Ana Ruiz", "Am Rosengarten 12", "10437", "Berlin", "DE"),
        DeliveryAddress("Eva Ruiz", "Am Markt 3", "10437", "Berlin", "DE"),
    ]


async def test_an_address_that_was_changed_since_is_left_by_a_row_without_one(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, Noun.customers, {**ANA, **BERLIN})
    await _import(sessions, Noun.orders, ORDER)
    elsewhere = DeliveryAddress("Ana Ruiz", "Am Markt 3", "10437", "Berlin", "DE")
    async with sessions.begin() as session:
        (await session.scalars(select(Order))).one().address = elsewhere

    report = await _import(sessions, Noun.orders, ORDER)

    assert report.changes == {Change.unchanged: 1}
    async with sessions() as session:
        assert (await session.scalars(select(Order))).one().address == elsewhere


async def test_an_order_is_invoiced_once_it_has_left_and_only_once(
    sessions: SessionFactory,
) -> None:
    await _import(sessions, Noun.customers, ANA)
    left = {**ORDER, "state": "shipped", "shipped_at": "2026-11-03T15:00:00Z"}

    await _import(sessions, Noun.orders, ORDER)
    async with sessions() as session:
        assert (await session.scalars(select(Invoice))).all() == []
    await _import(sessions, Noun.orders, left)
    await _import(sessions, Noun.orders, {**left, "state": "delivered"})

    async with sessions() as session:
        invoice = (await session.scalars(select(Invoice))).one()
    assert re.fullmatch(r"R-\d+", invoice.number)
    assert (invoice.order_number, str(invoice.total)) == ("A-1", "49.80")
    assert invoice.issued_on == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("noun", "row", "reason"),
    [
        (Noun.orders, {**ORDER, "customer": "C-9"}, "customer: there is none"),
        (Noun.products, {**AIDA, "title_de": "", "title_en": None}, "a title is missing"),
        (Noun.products, {**AIDA, "price": "-1"}, "price"),
        (Noun.customers, {**ANA, "phone": "0170 123"}, "phone"),
        (Noun.orders, {**ORDER, "placed_at": "2026-11-01T09:00:00"}, "placed_at"),
        (Noun.customers, "not a row", "dictionary"),
        (Noun.customers, {**ANA, "town": "Berlin"}, "an address has"),
        (Noun.orders, {**ORDER, "country": "Germany"}, "country"),
    ],
)
async def test_a_bad_row_is_reported_with_its_line_and_the_rest_goes_in(
    sessions: SessionFactory, noun: Noun, row: Any, reason: str
) -> None:
    good = {Noun.products: AIDA, Noun.customers: ANA, Noun.orders: ORDER}[noun]
    if noun is Noun.orders:
        await _import(sessions, Noun.customers, ANA)

    report = await _import(sessions, noun, row, good)

    assert report.changes == {Change.added: 1}
    (refused,) = report.refusals
    assert refused.line == 1
    assert reason in refused.reason


async def test_a_reason_does_not_repeat_what_stands_in_the_row(sessions: SessionFactory) -> None:
    report = await _import(
        sessions, Noun.customers, {**ANA, "email": "secret words", "phone": "12"}
    )

    assert "secret" not in report.refusals[0].reason


async def test_more_rows_than_a_batch_go_in(sessions: SessionFactory) -> None:
    rows = [{**AIDA, "sku": f"P-{number}"} for number in range(1_200)]

    report = await _import(sessions, Noun.products, *rows, rows[0])

    assert report.changes == {Change.added: 1_200, Change.unchanged: 1}
    async with sessions() as session:
        assert await session.scalar(select(func.count(Product.id))) == 1_200


async def _import(sessions: SessionFactory, noun: Noun, *rows: Any) -> Report:
    return await import_records(noun, _numbered(rows), sessions)


def _numbered(rows: Sequence[Any]) -> list[Record]:
    return [Record(line, None, row) for line, row in enumerate(rows, start=1)]
