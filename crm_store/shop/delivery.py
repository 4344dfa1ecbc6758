"""Ways of delivery: what one costs, where it goes and by when it is there."""

from datetime import date, timedelta
from decimal import Decimal

from crm_store.strategy.policies import Delivery, DeliveryOption

STANDARD = "standard"
PICKUP = "pickup"
SATURDAY = 5


def option_called(delivery: Delivery, key: str) -> DeliveryOption:
    """Return the way of delivery of this key, or the shop's first where there is none."""
    named = (option for option in delivery.options if option.key == key)
    return next(named, delivery.options[0])


def delivery_cost(delivery: Delivery, option: DeliveryOption, goods: Decimal) -> Decimal:
    """Return what delivering goods of this worth costs; the standard way is free from a sum on."""
    free = option.key == STANDARD and goods >= delivery.free_from
    return Decimal(0) if free else option.cost


def arrives_by(option: DeliveryOption, placed_on: date) -> date:
    """Return the last day on which something may arrive, counted in days from Monday to Friday."""
    day, left = placed_on, option.days[1]
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
