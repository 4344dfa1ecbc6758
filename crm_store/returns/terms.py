"""What may be sent back, until when, and what of its price comes back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from crm_store.errors import (
    NothingLeftToReturn,
    NotReturnable,
    OrderNotDelivered,
    ReturnTooLate,
)
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.returns.models import Reason, Return, ReturnKind
from crm_store.strategy.opening import local_day
from crm_store.strategy.policies import Policies

Pieces = Mapping[str, int]
"""How many pieces of which items, by sku."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The shop's rules for returns, applied to an order."""

    policies: Policies
    kinds: Mapping[str, str]
    """The kind of each item, by sku; one that is sold no more is of no kind."""

    def last_day(self, order: Order, kind: ReturnKind) -> date:
        """Return until when something of the order may go back."""
        rules = self.policies.returns
        exchanged = kind is ReturnKind.exchange
        days = rules.exchange_period_days if exchanged else rules.period_days
        return self._arrived_on(order) + timedelta(days=days)

    def left(self, order: Order, returns: Sequence[Return]) -> dict[str, int]:
        """Return what of the order has not gone back yet and may."""
        gone = pieces_gone(returns)
        left = {line.sku: line.quantity - gone.get(line.sku, 0) for line in order.lines}
        return {sku: n for sku, n in left.items() if n > 0 and not self._excluded(sku)}

    def demand(
        self, order: Order, returns: Sequence[Return], kind: ReturnKind, *, at: datetime
    ) -> None:
        """Raise the rule by which nothing of the order can go back, if there is one."""
        if order.state is not OrderState.delivered:
            raise OrderNotDelivered(f"order {order.id} is {order.state}")
        if local_day(self.policies.shop, at) > self.last_day(order, kind):
            raise ReturnTooLate(f"order {order.id}")
        if not self.left(order, returns):
            gone = any(one.counts for one in returns)
            raise NothingLeftToReturn(order.number) if gone else NotReturnable(order.number)

    def demand_pieces(self, order: Order, returns: Sequence[Return], wanted: Pieces) -> None:
        """Raise NothingLeftToReturn or NotReturnable where some of the pieces cannot go back."""
        gone = pieces_gone(returns)
        for sku, quantity in wanted.items():
            if self._excluded(sku):
                raise NotReturnable(sku)
            if not 0 < quantity <= order.line(sku).quantity - gone.get(sku, 0):
                raise NothingLeftToReturn(sku)

    def settlement(
        self, order: Order, returns: Sequence[Return], wanted: Pieces, reason: Reason | None
    ) -> "Settlement":
        """Return what comes back for these pieces, and what is kept of it."""
        rules = self.policies.returns
        ours = reason is not None and reason.ours
        return Settlement(
            goods=self._worth(order, returns, wanted),
            label_cost=self.label_cost(reason),
            fee=Decimal(0) if ours else rules.restocking_fee,
        )

    def label_cost(self, reason: Reason | None) -> Decimal:
        """Return what sending back costs the customer."""
        rules = self.policies.returns
        free = rules.label_free or (reason is not None and reason.ours)
        return Decimal(0) if free else rules.label_cost

    def _worth(self, order: Order, returns: Sequence[Return], wanted: Pieces) -> Decimal:
        whole = {line.sku: line.quantity for line in order.lines}
        if wanted == whole and not pieces_gone(returns):
            # A whole order is given back with what its delivery cost.
            return order.total
        return price_of(order, wanted)

    def _arrived_on(self, order: Order) -> date:
        if order.delivered_at is not None:
            return local_day(self.policies.shop, order.delivered_at)
        return order.expected_on or local_day(self.policies.shop, order.placed_at)

    def _excluded(self, sku: str) -> bool:
        return self.kinds.get(sku) in self.policies.returns.excluded_kinds


@dataclass(frozen=True, slots=True)
class Settlement:
    """What pieces that go back were sold for, and what is kept of it."""

    goods: Decimal
    label_cost: Decimal
    fee: Decimal

    @property
    def refund(self) -> Decimal:
        """What the customer gets back."""
        return max(self.goods - self.label_cost - self.fee, Decimal(0))


def pieces_gone(returns: Collection[Return]) -> dict[str, int]:
    """Return how many pieces of which items are on their way back or have come back."""
    gone: dict[str, int] = {}
    for line in (line for one in returns if one.counts for line in one.lines):
        gone[line.sku] = gone.get(line.sku, 0) + line.quantity
    return gone


def price_of(order: Order, wanted: Pieces) -> Decimal:
    """Return what pieces of an order were sold for."""
    return sum((order.line(sku).unit_price * n for sku, n in wanted.items()), Decimal(0))


def lines_of(order: Order, wanted: Pieces) -> list[OrderLine]:
    """Return the items of an order that are meant, in their order."""
    return [line for line in order.lines if line.sku in wanted]
