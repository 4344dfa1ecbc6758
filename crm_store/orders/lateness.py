"""Whether an order is late, and whether it must be given up for lost."""

from datetime import date
from enum import StrEnum

from crm_store.orders.models import Order
from crm_store.strategy.policies import Lateness


class Delay(StrEnum):
    """How an order that has still to arrive keeps to its day."""

    none = "none"
    late = "late"
    lost = "lost"


def delay_of(order: Order, rules: Lateness, today: date) -> Delay:
    """Return how late an order is by the shop's rules."""
    days = order.days_late(today)
    if days == 0 or days < rules.late_after:
        return Delay.none
    return Delay.lost if days >= rules.lost_after else Delay.late
