"""Tells which suggestion a purchase came of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.proof.repository import ShowingRepository
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.models import Outcome, Suggestion

ENDED = frozenset({OrderState.cancelled, OrderState.returned})
"""States of an order of which the customer keeps nothing."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A product that a customer has ordered."""

    order: UUID
    customer: UUID
    product: UUID
    at: datetime


def purchases(order: Order) -> list[Purchase]:
    """Return what is bought with an order, each product once; nothing if it has come to nothing."""
    if order.state in ENDED:
        return []
    products = dict.fromkeys(line.product_id for line in order.lines if line.product_id)
    return [Purchase(order.id, order.customer_id, one, order.placed_at) for one in products]


async def attribute(session: AsyncSession, bought: Collection[Purchase]) -> None:
    """Give the suggestions that the purchases came of their outcome, `bought`.

    For whoever takes an order in, in that same transaction; to do it again changes nothing. The
    rule: a purchase came of the suggestion of that product which was shown last to that customer
    before it, within the policy's `attribution_days`. If that one was declined, it came of none.
    A suggestion is bought once, and of one order a product's lines count once; only an order that
    was cancelled or returned gives its suggestion free for another. A suggestion is shown to a
    customer if they had proved who they are, or proved it later in that conversation.
    """
    if not bought:
        return
    # The order must be there before anything refers to it.
    await session.flush()
    policy = (await PolicyRepository(session).current()).suggestions
    window = timedelta(days=policy.attribution_days)
    store = ShowingRepository(session)
    shown = await _shown(store, bought, window)
    bought_before = {one.order_id for group in shown.values() for one in group if one.order_id}
    ended = await store.in_state(bought_before, ENDED)
    for purchase in sorted(bought, key=lambda one: one.at):
        showings = shown.get((purchase.customer, purchase.product), [])
        source = source_of(purchase, showings, window=window, ended=ended)
        if source is not None:
            source.buy(purchase.order, purchase.at)
            facts = {"suggestion": str(source.id), "order": str(purchase.order)}
            EventRepository(session).note(
                "suggestion_bought", purchase.customer, facts, at=purchase.at
            )


async def _shown(
    store: ShowingRepository, bought: Collection[Purchase], window: timedelta
) -> Mapping[tuple[UUID, UUID], list[Suggestion]]:
    """Return what was shown of the products, by customer and product."""
    found = await store.shown(
        customers={one.customer for one in bought},
        products={one.product for one in bought},
        since=min(one.at for one in bought) - window,
        orders={one.order for one in bought},
    )
    shown: dict[tuple[UUID, UUID], list[Suggestion]] = defaultdict(list)
    for customer, suggestion in found:
        shown[customer, suggestion.product_id].append(suggestion)
    return shown


def source_of(
    purchase: Purchase,
    showings: Sequence[Suggestion],
    *,
    window: timedelta,
    ended: Collection[UUID] = (),
) -> Suggestion | None:
    """Return which showing of the product to the customer a purchase came of, by the rule above.

    `ended` are the orders that came to nothing.
    """
    if any(one.order_id == purchase.order for one in showings):
        return None
    last = _last(one for one in showings if timedelta() <= purchase.at - one.created_at <= window)
    if last is None or last.outcome is Outcome.declined:
        return None
    return last if last.order_id is None or last.order_id in ended else None


def _last(showings: Iterable[Suggestion]) -> Suggestion | None:
    return max(showings, key=lambda one: one.created_at, default=None)
