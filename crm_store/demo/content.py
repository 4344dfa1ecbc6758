"""The demo shop: its products, its customers and what they bought, as rows to import."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

Row = dict[str, Any]
"""One line of an import file; money and moments are strings, as in the file."""

# Orders come in, leave and arrive at these hours, so that a run says the same all day.
_PLACED = time(9, 30, tzinfo=UTC)
_SHIPPED = time(15, tzinfo=UTC)
_DELIVERED = time(11, 45, tzinfo=UTC)


def products() -> Iterator[Row]:
    """Yield every product of the demo shop, with its texts in German and English."""
    return _rows("products")


def customers() -> Iterator[Row]:
    """Yield every customer of the demo shop; they can be reached only in fiction."""
    return _rows("customers")


def canned_replies() -> Iterator[Row]:
    """Yield what the demo shop's agents send often, in German and English."""
    return _rows("canned")


def orders(today: date) -> Iterator[Row]:
    """Yield every order, dated so that the newest were placed in the days before `today`."""
    for order in _rows("orders"):
        yield {
            "number": order["number"],
            "customer": order["customer"],
            "placed_at": _moment(today, order["placed_days_ago"], _PLACED),
            "state": order["state"],
            "expected_on": _day(today, order["expected_in_days"]),
            "shipped_at": _moment(today, order["shipped_days_ago"], _SHIPPED),
            "delivered_at": _moment(today, order["delivered_days_ago"], _DELIVERED),
            "carrier": order["carrier"],
            "tracking": order["tracking"],
            "currency": order["currency"],
            "lines": order["lines"],
        }


def _rows(name: str) -> Iterator[Row]:
    with files(__package__).joinpath(f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _day(today: date, days_ahead: int | None) -> str | None:
    if days_ahead is None:
        return None
    return (today + timedelta(days=days_ahead)).isoformat()


def _moment(today: date, days_ago: int | None, at: time) -> str | None:
    if days_ago is None:
        return None
    return datetime.combine(today - timedelta(days=days_ago), at).isoformat()
