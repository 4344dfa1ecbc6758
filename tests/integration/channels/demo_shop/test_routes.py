from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic import SecretStr

from channels.demo_shop.login import DEMO_KEY
from channels.web_chat.customer_token import ShopKey, customer_in
from crm_store.base import Language, utc_now
from crm_store.catalogue.models import Product, ProductKind, ProductText
from crm_store.customers.models import ContactKind, ContactPoint, Customer
from crm_store.demo.content import customers
from crm_store.orders.models import Order, OrderState
from crm_store.outbox.models import OutboxMessage
from tests.integration.channels.desk.running import SHOP_SECRET, Desk

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def a_product(sku: str, title_de: str, title_en: str) -> Product:
    return Product(
        sku=sku,
        kind=ProductKind.recording,
        creator="Giuseppe Verdi",
        price=Decimal("19.90"),
        currency="EUR",
        stock=2,
        texts=[
            ProductText(language=Language.de, title=title_de),
            ProductText(language=Language.en, title=title_en),
        ],
    )


async def shelves(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        session.add(a_product("R-1", "Die Macht des Schicksals", "The Force of Destiny"))
        session.add(a_product("R-2", "Aida", "Aida"))


async def test_lists_the_shelves_in_the_visitors_language(desk: Desk) -> None:
    await shelves(desk)
    async with desk.browser() as browser:
        german = await browser.get("/demo/api/products", params={"language": "de"})
        english = await browser.get("/demo/api/products", params={"language": "en"})

    assert {p["title"] for p in german.json()["products"]} == {"Die Macht des Schicksals", "Aida"}
    assert {p["title"] for p in english.json()["products"]} == {"The Force of Destiny", "Aida"}


async def test_finds_by_words(desk: Desk) -> None:
    await shelves(desk)
    async with desk.browser() as browser:
        found = await browser.get(
            "/demo/api/products", params={"language": "de", "query": "schicksal"}
        )
        one = await browser.get("/demo/api/products/R-2", params={"language": "en"})
        none = await browser.get("/demo/api/products/R-3")

    assert [p["sku"] for p in found.json()["products"]] == ["R-1"]
    assert one.json()["price"] == "19.90"
    assert one.json()["in_stock"] is True
    assert none.status_code == 404


async def test_offers_invented_people_only_with_what_to_try(desk: Desk) -> None:
    row = next(iter(customers()))
    async with desk.sessions.begin() as session:
        played, real = (
            Customer(
                number=number,
                given_name="Ana",
                family_name="Ruiz",
                language=Language.en,
                since=utc_now(),
                contacts=[ContactPoint(kind=ContactKind.email, value=f"{number}@example.com")],
            )
            for number in (row["number"], "REAL-1")
        )
        session.add_all([played, real])
        await session.flush()
        session.add(
            Order(
                number="A-17",
                customer_id=played.id,
                placed_at=utc_now() - timedelta(days=2),
                state=OrderState.shipped,
                currency="EUR",
                total=Decimal("19.90"),
            )
        )
    async with desk.browser() as browser:
        told = (await browser.get("/demo/api/customers?language=de")).json()["customers"]

    assert [person["number"] for person in told] == [row["number"]]
    assert told[0]["try"] == "Bestellung A-17 ist unterwegs."
    assert told[0]["orders"] == [{"number": "A-17", "state": "shipped"}]


async def test_shows_what_it_would_have_sent(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        customer = Customer(
            number="C-1",
            given_name="Ana",
            family_name="Ruiz",
            language=Language.en,
            since=utc_now(),
        )
        session.add(customer)
        await session.flush()
        session.add(
            OutboxMessage(
                customer_id=customer.id,
                kind=ContactKind.email,
                address="ana@example.com",
                language=Language.en,
                text="Your code is 123 456.",
                not_before=utc_now(),
            )
        )
    async with desk.browser() as browser:
        told = (await browser.get("/demo/api/outbox")).json()["messages"]

    assert [(m["address"], m["text"]) for m in told] == [
        ("ana@example.com", "Your code is 123 456.")
    ]


async def test_an_invented_customer_chats_as_logged_in(desk: Desk) -> None:
    number = next(customers())["number"]
    async with desk.browser() as browser:
        said = await browser.get(f"/demo/api/customers/{number}/login")

    keys = {DEMO_KEY: ShopKey(algorithm="HS256", key=SecretStr(SHOP_SECRET))}
    assert customer_in(said.json()["token"], keys, at=utc_now()).number == number


async def test_nobody_else_is_logged_in(desk: Desk) -> None:
    async with desk.browser() as browser:
        real = await browser.get("/demo/api/customers/C-999999/login")

    assert real.status_code == 404
