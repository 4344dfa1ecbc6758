"""Announces returns and exchanges, and writes down what money is owed."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.conversations.models import Conversation
from crm_store.insight.repository import EventRepository
from crm_store.interests.learning import learn_from_orders
from crm_store.orders.models import Order, demand_stock
from crm_store.orders.repository import OrderRepository
from crm_store.returns.models import Reason, Refund, Return, ReturnKind, ReturnLine, Why
from crm_store.returns.repository import RefundRepository, ReturnRepository
from crm_store.returns.terms import Pieces, Terms, lines_of, price_of
from crm_store.shop.stock import put_back
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
    await learn_from_orders(session, [order.customer_id], at=at, message=cause)
    facts = {"return": announced.number, "order": order.number, "kind": announced.kind.value}
    EventRepository(session).record("return_announced", conversation, facts, cause=cause)
    return announced


async def settle_cancellation(session: AsyncSession, order: Order, *, at: datetime) -> None:
    """Write down that a cancelled order's money goes back, less the shop's fee for it.

    Its pieces are put back in stock. What was to be paid by invoice has not been paid; what was
    not ordered here was never taken out of our stock.
    """
    if order.payment is not None:
        pieces = {line.sku: line.quantity for line in order.lines}
        await put_back(session, pieces, at=at)
    fee = (await PolicyRepository(session).current()).cancellation.fee
    if order.paid and order.total > fee:
        refund = Refund(
            customer_id=order.customer_id,
            order_id=order.id,
            order_number=order.number,
            why=Why.cancellation,
            amount=order.total - fee,
            currency=order.currency,
            due_on=await _due_on(session, at),
        )
        RefundRepository(session).add(refund)
    await learn_from_orders(session, [order.customer_id], at=at)


async def receive(session: AsyncSession, arrived: Return, *, at: datetime) -> None:
    """Note that a return has come; from now on its money is owed, and the days count."""
    arrived.receive(at)
    if arrived.refund_amount == 0:
        return
    refund = Refund(
        customer_id=arrived.customer_id,
        order_id=arrived.order_id,
        order_number=arrived.order_number,
        return_id=arrived.id,
        why=Why.give_back,
        amount=arrived.refund_amount,
        currency=arrived.currency,
        due_on=await _due_on(session, at),
    )
    RefundRepository(session).add(refund)


async def _due_on(session: AsyncSession, at: datetime) -> date:
    policies = await PolicyRepository(session).current()
    days = timedelta(days=policies.returns.refund_days)
    return local_day(policies.shop, at) + days


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
