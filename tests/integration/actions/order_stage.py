"""Ana with two orders in the house, and every way in which she may change one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from actions.add_item import ActionAddItem
from actions.base import StoreAction
from actions.cancel_order import ActionCancelOrder
from actions.change_delivery_address import ActionChangeDeliveryAddress
from actions.change_quantity import ActionChangeQuantity
from actions.change_variant import ActionChangeVariant
from actions.remove_item import ActionRemoveItem
from crm_store.catalogue.models import Product, ProductKind
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderState
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import Heard, kept
from tests.integration.actions.dialogue import Dialogue


@dataclass(frozen=True)
class Change:
    """How a customer asks for one kind of change, and what they hear."""

    action: type[StoreAction]
    text: str
    intent: str
    restated: str
    done: str
    event: str
    entities: Mapping[str, str] = field(default_factory=dict)

    async def begins(self, talk: Dialogue, order: str = "A-17") -> Heard:
        entities = {**self.entities, "order_number": order}
        text = self.text.format(order=order)
        return await talk.says(text, self.intent, entities, action=self.action)


CHANGES = {
    "cancellation": Change(
        ActionCancelOrder,
        "please cancel {order}",
        "cancel_order",
        "utter_cancel_restate",
        "utter_cancel_done",
        "order_cancelled",
    ),
    "address": Change(
        ActionChangeDeliveryAddress,
        "please send {order} to Am Markt 3, 10437 Berlin",
        "change_delivery_address",
        "utter_delivery_address_restate",
        "utter_delivery_address_done",
        "order_address_changed",
    ),
    "quantity": Change(
        ActionChangeQuantity,
        "I want three of Aida in {order}",
        "change_order",
        "utter_quantity_restate",
        "utter_quantity_done",
        "order_line_changed",
        {"number": "3"},
    ),
    "variant": Change(
        ActionChangeVariant,
        "exchange Aida in {order} for the film Aida on Stage",
        "change_order",
        "utter_variant_restate",
        "utter_variant_done",
        "order_line_changed",
        {"sku": "FILM-AIDA"},
    ),
    "addition": Change(
        ActionAddItem,
        "put Otello into {order} as well",
        "add_item",
        "utter_add_restate",
        "utter_add_done",
        "order_line_added",
    ),
    "removal": Change(
        ActionRemoveItem,
        "take Aida out of {order}",
        "remove_item",
        "utter_remove_restate",
        "utter_remove_done",
        "order_line_removed",
    ),
}


@dataclass(frozen=True)
class Stage:
    """Ana with two orders in the house, and a shop with what is in them and more."""

    hers: Conversation
    one: Order
    other: Order


async def staged(sessions: SessionFactory) -> Stage:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    titles = ("Rigoletto", "Aida")
    one = an_order(ana, number="A-17", titles=titles)
    other = an_order(ana, number="A-22", titles=titles, placed_at=NOW - timedelta(days=1))
    shelf = [
        a_product("Rigoletto", sku="Rigoletto"),
        a_product("Aida", sku="Aida"),
        a_product("Aida on Stage", sku="FILM-AIDA", kind=ProductKind.film, price="24.90"),
        a_product("Otello", sku="OTELLO", price="31.90"),
    ]
    await kept(sessions, ana, *shelf, one, other, hers)
    return Stage(hers, one, other)


async def as_kept(sessions: SessionFactory, order: Order) -> Order:
    async with sessions() as session:
        found = select(Order).where(Order.id == order.id).options(selectinload(Order.lines))
        return (await session.scalars(found)).one()


async def all_of(sessions: SessionFactory, order: Order) -> tuple[object, ...]:
    now = await as_kept(sessions, order)
    lines = sorted((line.sku, line.quantity) for line in now.lines)
    return (now.state, now.total, now.address, lines)


async def events(sessions: SessionFactory) -> list[str]:
    async with sessions() as session:
        kinds = await session.scalars(select(Event.kind).order_by(Event.id))
        return [kind for kind in kinds if kind.startswith("order_")]


async def stock(sessions: SessionFactory, sku: str) -> int:
    async with sessions() as session:
        return (await session.scalars(select(Product.stock).where(Product.sku == sku))).one()


async def leaves(sessions: SessionFactory, order: Order) -> None:
    async with sessions.begin() as session:
        (await session.get_one(Order, order.id)).state = OrderState.shipped
