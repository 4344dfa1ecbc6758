"""Announces returns and exchanges, and writes down what money is owed for them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.conversations.models import Conversation
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, demand_stock
from crm_store.orders.repository import OrderRepository
from crm_store.returns.models import Reason, Refund, Return, ReturnKind, ReturnLine, Why
from crm_store.returns.repository import RefundRepository, ReturnRepository
from crm_store.returns.terms import Pieces, Terms, lines_of, price_of
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository

LABEL_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer wants to send back, and what for."""

    order: str
    pieces: Pieces
    reason: Reason | None = None
    replacement: str | None = None
    """The sku of what is wanted instead, as many pieces; without it, the money."""

    @property
    def kind(self) -> ReturnKind:
        """Whether it is exchanged or given back."""
        return ReturnKind.exchange if self.replacement else ReturnKind.money_back


async def announce(
    session: AsyncSession,
    conversation: Conversation,
    wanted: Wanted,
    *,
    at: datetime,
    cause: UUID | None = None,
) -> Return:
    """Announce a return or an exchange of the customer's own order, once.

    The order is held meanwhile, so that of two at once the second finds its pieces gone. Raises
    the rule that stands against it; for an exchange, the replacement is taken out of the stock.
    """
    order = await OrderRepository(session).to_change(conversation, at=at, number=wanted.order)
    store = ReturnRepository(session)
    terms = await store.terms(order)
    returns = await store.of_order(conversation, order, at=at)
    terms.demand(order, returns, wanted.kind, at=at)
    terms.demand_pieces(order, returns, wanted.pieces)
    announced = _return(order, wanted)
    if wanted.replacement is None:
        settlement = terms.settlement(order, returns, wanted.pieces, wanted.reason)
        announced.refund_amount = settlement.refund
    else:
        await _exchange(session, announced, order, wanted, terms)
    await store.add(announced)
    if announced.refund_amount > 0:
        RefundRepository(session).add(_refund(announced))
    facts = {"return": announced.number, "order": order.number, "kind": announced.kind.value}
    EventRepository(session).record("return_announced", conversation, facts, cause=cause)
    return announced


async def owe_for_cancellation(session: AsyncSession, order: Order, *, at: datetime) -> Refund:
    """Write down that a cancelled order's money goes back, and by when."""
    policies = await PolicyRepository(session).current()
    today = local_day(policies.shop, at)
    refund = Refund(
        customer_id=order.customer_id,
        order_id=order.id,
        order_number=order.number,
        why=Why.cancellation,
        amount=order.total,
        currency=order.currency,
        due_on=today + timedelta(days=policies.returns.refund_days),
    )
    RefundRepository(session).add(refund)
    return refund


async def receive(session: AsyncSession, arrived: Return, *, at: datetime) -> None:
    """Note that a return has come; from now on the days count until its money goes out."""
    arrived.receive(at)
    policies = await PolicyRepository(session).current()
    refund = await RefundRepository(session).of_return(arrived.id)
    if refund is not None:
        days = timedelta(days=policies.returns.refund_days)
        refund.due_on = local_day(policies.shop, at) + days


async def _exchange(
    session: AsyncSession, announced: Return, order: Order, wanted: Wanted, terms: Terms
) -> None:
    replacement = await CatalogueRepository(session).held(str(wanted.replacement))
    pieces = sum(wanted.pieces.values())
    demand_stock(replacement, pieces)
    replacement.stock -= pieces
    announced.replacement_id = replacement.id
    balance = exchange_balance(order, wanted.pieces, replacement) - terms.label_cost(wanted.reason)
    announced.refund_amount = max(balance, Decimal(0))
    announced.surcharge = max(-balance, Decimal(0))


def exchange_balance(order: Order, pieces: Pieces, replacement: Product) -> Decimal:
    """Return what an exchange brings the customer; below zero, what they pay on top."""
    return price_of(order, pieces) - replacement.price * sum(pieces.values())


def _return(order: Order, wanted: Wanted) -> Return:
    return Return(
        id=uuid4(),
        customer_id=order.customer_id,
        order_id=order.id,
        order_number=order.number,
        kind=wanted.kind,
        reason=wanted.reason,
        label="".join(secrets.choice("0123456789") for _ in range(LABEL_DIGITS)),
        currency=order.currency,
        lines=[
            ReturnLine(
                position=line.position,
                sku=line.sku,
                title=line.title,
                quantity=wanted.pieces[line.sku],
                unit_price=line.unit_price,
            )
            for line in lines_of(order, wanted.pieces)
        ],
    )


def _refund(announced: Return) -> Refund:
    return Refund(
        customer_id=announced.customer_id,
        order_id=announced.order_id,
        order_number=announced.order_number,
        return_id=announced.id,
        why=Why.give_back,
        amount=announced.refund_amount,
        currency=announced.currency,
    )
