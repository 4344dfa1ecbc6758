"""Whether suggestions help: how many are taken, and what differs from the control group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.proof.intervals import (
    Interval,
    Share,
    needed_for_means,
    needed_to_tell,
    newcombe,
    welch,
    wilson,
)
from crm_store.proof.report_repository import By, Compared, ReportRepository, Told
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What came of the showings of one sort."""

    shown: int
    accepted: int
    bought: int
    """Bought and kept."""
    rate: float
    """The share that was accepted or bought, from 0 to 1."""
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Lift:
    """How the customers with offers differ from the control group."""

    offered: float
    control: float
    interval: Interval | None
    """Of the difference; None where nothing can be told at all."""
    customers: int
    """In the smaller group."""
    needed: int
    """How many there must be for the difference to be told."""

    @property
    def difference(self) -> float:
        """By how much those with offers are above the control group."""
        return self.offered - self.control

    @property
    def enough(self) -> bool:
        """Whether there is enough data to tell."""
        return self.interval is not None and self.customers >= self.needed


@dataclass(frozen=True, slots=True)
class Report:
    """What the shop is told of its suggestions."""

    since: date | None
    currency: str
    places: dict[str, Acceptance]
    reasons: dict[str, Acceptance]
    occasions: dict[str, Acceptance]
    """Those that were asked for, and those that were offered unasked."""
    offered: int
    """Customers to whom an offer was due, and made if anything fitted."""
    control: int
    """Customers to whom it was due, and who are in the control group."""
    least_lift: float
    cross_buying: Lift
    """As the share of customers, from 0 to 1."""
    value: Lift
    """As the mean of a customer's goods; a statistic, so no exact money."""


async def suggestions_report(session: AsyncSession, *, since: date | None = None) -> Report:
    """Return the report of all that was shown, and due, since the beginning of a day."""
    policies = await PolicyRepository(session).current()
    store, begin = ReportRepository(session), _beginning(policies, since)
    compared = await store.compared(since=begin, currency=policies.shop.currency)
    offered = [one for one in compared if not one.control]
    control = [one for one in compared if one.control]
    return Report(
        since=since,
        currency=policies.shop.currency,
        places=_by_name(await store.told(By.place, since=begin)),
        reasons=_by_name(await store.told(By.reason_kind, since=begin)),
        occasions=_by_name(await store.told(By.asked, since=begin)),
        offered=len(offered),
        control=len(control),
        least_lift=policies.suggestions.least_lift,
        cross_buying=_cross_buying(offered, control, policies),
        value=_value(offered, control),
    )


def _beginning(policies: Policies, since: date | None) -> datetime:
    if since is None:
        return EVER
    return datetime.combine(since, time(), ZoneInfo(policies.shop.time_zone))


def _by_name(told: Sequence[Told]) -> dict[str, Acceptance]:
    return {one.name: _acceptance(one) for one in told}


def _acceptance(told: Told) -> Acceptance:
    taken = Share(told.taken, told.shown)
    return Acceptance(told.shown, told.accepted, told.bought, taken.rate, wilson(taken))


def _cross_buying(
    offered: Sequence[Compared], control: Sequence[Compared], policies: Policies
) -> Lift:
    with_offers, without = _crossed(offered), _crossed(control)
    smaller, larger = sorted((with_offers.of, without.of))
    both = Share(with_offers.hits + without.hits, with_offers.of + without.of)
    return Lift(
        offered=with_offers.rate,
        control=without.rate,
        interval=newcombe(with_offers, without),
        customers=smaller,
        needed=needed_to_tell(
            policies.suggestions.least_lift,
            both,
            times=larger / smaller if smaller else _planned(policies),
        ),
    )


def _planned(policies: Policies) -> float:
    """Return how many times the larger group is to be the smaller."""
    smaller = min(policies.suggestions.control_share, 1 - policies.suggestions.control_share)
    return (1 - smaller) / smaller if smaller else 1.0


def _value(offered: Sequence[Compared], control: Sequence[Compared]) -> Lift:
    with_offers, without = _values(offered), _values(control)
    return Lift(
        offered=_mean(with_offers),
        control=_mean(without),
        interval=welch(with_offers, without),
        customers=min(len(with_offers), len(without)),
        needed=needed_for_means([*with_offers, *without]),
    )


def _crossed(customers: Sequence[Compared]) -> Share:
    return Share(sum(one.cross_bought for one in customers), len(customers))


def _values(customers: Sequence[Compared]) -> list[float]:
    return [float(one.value) for one in customers]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
