"""Fifty customers of an imported shop: each gets the one deed they asked for, and nobody else's."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from channels.up.stack import Stack
from crm_store.base import Json, utc_now
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.mapping import mapping_named
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.e2e.customers import ChatCustomer, chatting
from tests.e2e.world import World

SHOP = Path(__file__).parents[3] / "shared" / "data" / "shop"
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.anyio,
    pytest.mark.skipif(not SHOP.exists(), reason=f"the imported shop is not at {SHOP.name}"),
]

FILES = {
    Noun.products: "products.json",
    Noun.customers: "users.json",
    Noun.orders: "orders.json",
}
EACH = 10
IN_STOCK = 25
"""Of each product that the import brings."""
MOST_TURNS = 12

STREET, POSTCODE, TOWN = "88 Garden Street", "02116", "Boston"
SAYS = {
    "cancel": "please cancel my order {number}",
    "address": "please deliver order {number} to a different address",
    "return": "I want to send back something from order {number}",
    "exchange": "I want to exchange something from order {number}",
    "status": "where is my order {number}?",
}
NEEDS = {
    "cancel": "pending",
    "address": "pending",
    "return": "delivered",
    "exchange": "delivered",
    "status": "processed",
}


@dataclass(frozen=True)
class Wish:
    """One customer, their order, and what they want done with it."""

    deed: str
    email: str
    number: str
    first_item: str


@pytest.fixture
async def imported(stack: Stack, world: World) -> AsyncIterator[None]:
    """The shop brought into the store, and taken out again."""
    await world.begin()
    for noun, name in FILES.items():
        report = await import_file(
            noun, SHOP / name, world.sessions, mapping=mapping_named("tau-retail", noun)
        )
        assert not report.refusals
    async with world.sessions.begin() as session:
        # Its orders carry no day of delivery; without one nobody could tell until when they
        # may be returned.
        await session.execute(
            text(
                "UPDATE orders SET delivered_at = now() - interval '4 days'"
                " WHERE state = 'delivered' AND delivered_at IS NULL"
            )
        )
        for section, rules in (
            ("delivery", {**seed()["delivery"], "countries": ["US"]}),
            ("shop", {**seed()["shop"], "currency": "USD"}),
        ):
            await PolicyRepository(session).change(section, rules, at=utc_now())
    await world.settle()
    yield
    await world.begin()
    async with world.sessions.begin() as session:
        gone = "DELETE FROM product_texts WHERE product_id NOT IN (SELECT id FROM products)"
        await session.execute(text(gone))


def wishes() -> list[Wish]:
    """Return fifty different customers, ten for each deed, in the order of the shop's files."""
    orders = json.loads((SHOP / "orders.json").read_text())
    users = json.loads((SHOP / "users.json").read_text())
    taken: set[str] = set()
    return [wish for deed in SAYS for wish in _for_deed(deed, orders, users, taken)]


def _for_deed(
    deed: str, orders: dict[str, Json], users: dict[str, Json], taken: set[str]
) -> Iterator[Wish]:
    chosen = 0
    for number, order in orders.items():
        customer = order["user_id"]
        if order["status"] != NEEDS[deed] or customer in taken or chosen == EACH:
            continue
        taken.add(customer)
        chosen += 1
        first = order["items"][0]["name"]
        yield Wish(deed, users[customer]["email"], number.removeprefix("#"), first)


async def test_fifty_customers_change_exactly_their_own_orders(
    imported: None, stack: Stack, world: World
) -> None:
    asked = wishes()
    assert len(asked) == len({wish.email for wish in asked}) == EACH * len(SAYS)

    heard = {wish: await _served(wish, stack, world) for wish in asked}

    for wish in asked:
        assert wish.number in heard[wish], f"{wish}: {heard[wish]}"
    by_deed = {deed: [w for w in asked if w.deed == deed] for deed in SAYS}
    cancelled = {wish.number: {"state": "cancelled"} for wish in by_deed["cancel"]}
    moved = {
        wish.number: {"state": "placed", "street": STREET, "postcode": POSTCODE, "town": f"~{TOWN}"}
        for wish in by_deed["address"]
    }
    returned = [{"order_number": w.number, "kind": "return"} for w in by_deed["return"]]
    exchanged = [{"order_number": w.number, "kind": "exchange"} for w in by_deed["exchange"]]
    await world.compare(
        {
            "orders": {**cancelled, **moved},
            "returns": [*returned, *exchanged],
            "return_lines": [{} for _ in (*returned, *exchanged)],
            "refunds": [{} for _ in cancelled],
            "products": [{"stock": IN_STOCK - 1} for _ in exchanged],
        }
    )


async def _served(wish: Wish, stack: Stack, world: World) -> str:
    """Let one customer say what they want, and answer what they are asked."""
    async with chatting(stack.url, "en", world) as customer:
        await customer.hears()
        heard = await _says(customer, SAYS[wish.deed].format(number=wish.number))
        everything = heard
        for _ in range(MOST_TURNS):
            answer = await _answer(wish, heard, world)
            if answer is None:
                break
            heard = await _says(customer, answer)
            everything += "\n" + heard
        return everything


async def _says(customer: ChatCustomer, words: str) -> str:
    await customer.says(words)
    return await customer.hears()


async def _answer(wish: Wish, heard: str, world: World) -> str | None:
    """Return what the customer says to what they have just heard; None when all is done."""
    asked = heard.strip().rsplit("\n\n", 1)[-1].lower()
    if "e-mail address" in asked and "phone number" in asked:
        return wish.email
    if "six-digit code" in asked:
        return await world.latest_code()
    for pattern, answer in (
        (r"is that right\?|shall i\b.*\?|may i\b.*\?", "yes please"),
        (r"which (?:item|one|of|part)|what would you like to (?:send|exchange)", "the first one"),
        (r"\bwhy\b|reason", "I changed my mind"),
        (r"instead|for what|in exchange", "the first one"),
        (r"address", f"{STREET}, {TOWN}, MA {POSTCODE}, USA"),
    ):
        if re.search(pattern, asked):
            return answer
    return None
