"""Every query of the report: what came of what was shown, and what either group has bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Subquery, and_, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import Product
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderLine
from crm_store.proof.attribution import ENDED
from crm_store.proof.occasions import OFFER_DUE
from crm_store.returns.models import Return, ReturnLine, ReturnState
from crm_store.suggestions.models import Outcome, Suggestion

CAME_BACK = (ReturnState.received, ReturnState.refunded, ReturnState.exchanged)


class By(StrEnum):
    """What showings are told apart by."""

    place = "place"
    reason_kind = "reason_kind"
    asked = "asked"


@dataclass(frozen=True, slots=True)
class Told:
    """How many showings there were of one sort, and what came of them."""

    name: str
    shown: int
    accepted: int
    bought: int
    taken: int
    """Accepted, or bought, or both."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A customer to whom an offer was due, and what they have bought and kept since."""

    control: bool
    kinds_before: int
    """Of how many categories they had something before."""
    kinds: int
    """Of how many they have something now."""
    value: Decimal

    @property
    def cross_bought(self) -> bool:
        """Whether they have since bought of a category that is new to them, besides another.

        As the number of categories that a customer has bought of is counted by Kumar, George and
        Pancras, "Cross-buying in retailing" (Journal of Retailing 84, 2008): it has risen, to two
        at least. A first purchase of one category is none.
        """
        return self.kinds > max(self.kinds_before, 1)


class ReportRepository:
    """Counts for the shop itself; nobody is named."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def told(self, by: By, *, since: datetime) -> Sequence[Told]:
        """Return what came of all that was shown since a moment, the most shown first."""
        kept = _kept()
        bought = and_(
            Suggestion.outcome == Outcome.bought,
            tuple_(Suggestion.order_id, Suggestion.product_id).in_(
                select(kept.c.order_id, kept.c.product_id)
            ),
        )
        accepted = or_(
            Suggestion.outcome == Outcome.accepted, Suggestion.outcome_before == Outcome.accepted
        )
        name = getattr(Suggestion, by.value)
        shown = func.count()
        rows = await self._session.execute(
            select(
                name,
                shown,
                shown.filter(accepted),
                shown.filter(bought),
                shown.filter(or_(accepted, bought)),
            )
            .where(Suggestion.created_at >= since)
            .group_by(name)
            .order_by(shown.desc(), name)
        )
        return [Told(_named(row[0]), *row[1:]) for row in rows]

    async def compared(self, *, since: datetime, currency: str) -> Sequence[Compared]:
        """Return everybody to whom an offer was due since a moment, each from the first time on.

        The group is the one that they were in then. Value is that of the goods, without delivery.
        """
        first, kept = _first_due(since), _kept()
        kinds = func.count(kept.c.kind.distinct())
        after = and_(kept.c.placed_at >= first.c.at, kept.c.currency == currency)
        value = func.coalesce(func.sum(kept.c.value).filter(after), 0)
        rows = await self._session.execute(
            select(first.c.control, kinds.filter(kept.c.placed_at < first.c.at), kinds, value)
            .outerjoin(kept, kept.c.customer_id == first.c.customer_id)
            .group_by(first.c.customer_id, first.c.control)
        )
        return [Compared(*row) for row in rows]


def _first_due(since: datetime) -> Subquery:
    return (
        select(Event.customer_id, Event.at, Event.facts["control"].as_boolean().label("control"))
        .ext(distinct_on(Event.customer_id))
        .where(Event.kind == OFFER_DUE, Event.at >= since, Event.customer_id.is_not(None))
        .order_by(Event.customer_id, Event.at, Event.id)
        .subquery("first_due")
    )


def _kept() -> Subquery:
    """Return what customers have bought and kept, by order and product, with its value."""
    sold, gone = _sold(), _gone()
    pieces = sold.c.pieces - func.coalesce(gone.c.pieces, 0)
    return (
        select(
            sold.c.order_id,
            sold.c.product_id,
            Order.customer_id,
            Order.placed_at,
            Order.currency,
            Product.kind,
            (sold.c.price * pieces / sold.c.pieces).label("value"),
        )
        .join(Order, Order.id == sold.c.order_id)
        .outerjoin(Product, Product.id == sold.c.product_id)
        .outerjoin(gone, and_(gone.c.order_id == sold.c.order_id, gone.c.sku == sold.c.sku))
        .where(Order.state.not_in(ENDED), pieces > 0)
        .subquery("kept")
    )


def _sold() -> Subquery:
    key = (OrderLine.order_id, OrderLine.product_id, OrderLine.sku)
    return (
        select(
            *key,
            func.sum(OrderLine.quantity).label("pieces"),
            func.sum(OrderLine.quantity * OrderLine.unit_price).label("price"),
        )
        .group_by(*key)
        .subquery("sold")
    )


def _gone() -> Subquery:
    key = (Return.order_id, ReturnLine.sku)
    return (
        select(*key, func.sum(ReturnLine.quantity).label("pieces"))
        .join(ReturnLine, ReturnLine.return_id == Return.id)
        .where(Return.state.in_(CAME_BACK))
        .group_by(*key)
        .subquery("gone")
    )


def _named(value: StrEnum | bool) -> str:
    if isinstance(value, bool):
        return "asked for" if value else "unasked"
    return value.value
