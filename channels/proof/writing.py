"""The report on suggestions as text to read, and as JSON for programs."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from crm_store.base import Json
from crm_store.proof.intervals import Interval
from crm_store.proof.report import Acceptance, Lift, Report

_COLUMNS = ("shown", "accepted", "bought")


def as_json(report: Report) -> str:
    """Return all of it, rates and shares from 0 to 1; an interval that there is not is null."""
    lifts = {name: _lift(getattr(report, name)) for name in ("cross_buying", "value")}
    since = report.since and report.since.isoformat()
    return json.dumps({**asdict(report), **lifts, "since": since}, indent=2)


def as_text(report: Report) -> str:
    """Return it in words and tables."""
    return "\n".join([*_acceptance(report), "", *_comparison(report)])


def _lift(lift: Lift) -> Json:
    return {**asdict(lift), "difference": lift.difference, "enough": lift.enough}


def _acceptance(report: Report) -> Iterator[str]:
    yield f"Suggestions since {report.since}" if report.since else "All suggestions"
    if not report.places:
        yield "Nothing was shown."
        return
    yield from _table("by place", report.places)
    yield from _table("by reason", report.reasons)
    yield from _table("by occasion", report.occasions)
    yield "The rate is the share that was accepted, or bought and kept."


def _table(title: str, rows: Mapping[str, Acceptance]) -> Iterator[str]:
    yield ""
    heads = "".join(f"{head:>10}" for head in _COLUMNS)
    yield f"{title:<14}{heads}{'rate':>10}   95 % interval"
    for name, row in rows.items():
        counts = "".join(f"{getattr(row, head):>10}" for head in _COLUMNS)
        between = row.interval and f"{_percent(row.interval.low)} to {_percent(row.interval.high)}"
        yield f"{name:<14}{counts}{_percent(row.rate):>10}   {between}"


def _comparison(report: Report) -> Iterator[str]:
    yield f"Customers with offers: {report.offered}; in the control group: {report.control}"
    if not report.offered or not report.control:
        yield "Too little data: both groups need customers before anything can be compared."
        return
    yield from _cross_buying(report.cross_buying, report.least_lift)
    yield from _value(report.value, report.currency)


def _cross_buying(lift: Lift, least: float) -> Iterator[str]:
    yield ""
    yield (
        f"Cross-buying (customers who bought of a category new to them): "
        f"{_percent(lift.offered)} against {_percent(lift.control)}"
    )
    yield f"  difference {_points(lift.difference)}{_between(lift.interval, _points)}"
    why = f"to see a difference of {least * 100:g} points four times out of five"
    yield f"  {_verdict(lift, 'cross-buying', why)}"


def _value(lift: Lift, currency: str) -> Iterator[str]:
    yield ""
    yield (
        f"Value (goods bought and kept, per customer): "
        f"{lift.offered:.2f} {currency} against {lift.control:.2f} {currency}"
    )
    yield f"  difference {lift.difference:+.2f}{_between(lift.interval, '{:+.2f}'.format)}"
    why = "to be trusted, as unevenly as customers spend"
    yield f"  {_verdict(lift, 'value', why)}"


def _between(interval: Interval | None, said: Callable[[float], str]) -> str:
    return f", 95 % interval {said(interval.low)} to {said(interval.high)}" if interval else ""


def _verdict(lift: Lift, what: str, why: str) -> str:
    if not lift.enough or lift.interval is None:
        return (
            f"Too little data: the smaller group counts {lift.customers},"
            f" and {lift.needed} are needed {why}."
        )
    if lift.interval.low > 0:
        return f"Offers raise {what}."
    if lift.interval.high < 0:
        return f"Offers lower {what}."
    return "No difference that could not be chance."


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _points(share: float) -> str:
    return f"{share * 100:+.1f} points"
