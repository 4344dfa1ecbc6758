"""A shop in which things are shown and bought, at moments that a test names."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.suggestions.models import Outcome, Place, Suggestion
from crm_store.suggestions.reasons import Link
from tests.builders import NOW, a_conversation


def a_showing(
    product: Product,
    talk: Conversation,
    *,
    to: Customer | None = None,
    at: datetime = NOW,
    outcome: Outcome = Outcome.shown,
    place: Place = Place.chat,
    reason: Link = Link.creator,
    asked: bool = True,
) -> Suggestion:
    return Suggestion(
        id=uuid4(),
        created_at=at,
        conversation_id=talk.id,
        customer_id=to.id if to else None,
        product_id=product.id,
        place=place,
        asked=asked,
        rank=1,
        reason={"link": reason.value},
        reason_kind=reason,
        derivation={},
        model="none",
        policy_version="1",
        outcome=outcome,
    )


def a_purchase(
    by: Customer,
    *products: Product,
    at: datetime = NOW,
    state: OrderState = OrderState.delivered,
    quantity: int = 1,
    price: Decimal | None = None,
) -> Order:
    lines = [
        OrderLine(
            position=position,
            product_id=product.id,
            sku=product.sku,
            title="",
            quantity=quantity,
            unit_price=product.price if price is None else price,
        )
        for position, product in enumerate(products, start=1)
    ]
    return Order(
        id=uuid4(),
        number=f"A-{uuid4().hex}",
        customer_id=by.id,
        placed_at=at,
        state=state,
        currency="EUR",
        total=sum((line.unit_price * line.quantity for line in lines), Decimal(0)),
        lines=lines,
    )


@dataclass(frozen=True)
class Met:
    """A customer in a conversation, and what the shop sells."""

    customer: Customer
    talk: Conversation
    product: Product


async def state_of(sessions: SessionFactory, suggestion: UUID) -> Suggestion:
    async with sessions() as session:
        return await session.get_one(Suggestion, suggestion)


def proved(customer: Customer) -> Conversation:
    return a_conversation(of=customer, level=Level.verified)
