"""Which of the demo's customers a visitor is offered to play, and what to try as each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from uuid import UUID

from crm_store.base import Json, Language
from crm_store.customers.models import ContactKind, Customer
from crm_store.orders.models import Order, OrderState

PER_LANGUAGE = 4
# An order that moves gives more to ask about than one that has long arrived.
_INTERESTING = (OrderState.shipped, OrderState.placed, OrderState.delivered)


def offered(people: Iterable[Customer], orders: Iterable[Order], language: Language) -> list[Json]:
    """Return a few people of each language, those with the most to ask about first."""
    theirs: defaultdict[UUID, list[Order]] = defaultdict(list)
    for order in orders:
        theirs[order.customer_id].append(order)
    chosen: list[Customer] = []
    ranked = sorted(people, key=lambda person: _worth(theirs[person.id]), reverse=True)
    for spoken in Language:
        chosen += [person for person in ranked if person.language is spoken][:PER_LANGUAGE]
    return [_person(person, theirs[person.id], language) for person in chosen]


def _worth(orders: Sequence[Order]) -> int:
    states = {order.state for order in orders}
    return sum(state in states for state in _INTERESTING)


def _person(person: Customer, orders: Sequence[Order], language: Language) -> Json:
    reached = {point.kind: point.value for point in person.contacts}
    return {
        "number": person.number,
        "name": person.name,
        "language": person.language,
        "email": reached.get(ContactKind.email),
        "phone": reached.get(ContactKind.phone),
        "orders": [{"number": order.number, "state": order.state} for order in orders],
        "try": " ".join(_hints(orders, language)) or None,
    }


def _hints(orders: Sequence[Order], language: Language) -> list[str]:
    latest: dict[OrderState, Order] = {}
    for order in orders:
        latest.setdefault(order.state, order)
    said = [latest[state] for state in _INTERESTING if state in latest][:2]
    return [_wording()[language][order.state].format(number=order.number) for order in said]


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    text = files("channels.demo_shop").joinpath("hints.json").read_text(encoding="utf-8")
    hints: dict[str, dict[str, str]] = json.loads(text)
    return hints
