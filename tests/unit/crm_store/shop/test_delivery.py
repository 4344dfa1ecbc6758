"""What delivery costs and by when something comes."""

from datetime import date
from decimal import Decimal

import pytest

from crm_store.shop.delivery import arrives_by, delivery_cost, option_called
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

DELIVERY = policies({}).delivery


@pytest.mark.parametrize(
    ("option", "goods", "cost"),
    [
        ("standard", "48.99", "3.90"),
        ("standard", "49.00", "0"),
        ("express", "49.00", "9.90"),
        ("pickup", "1.00", "0"),
    ],
)
def test_only_the_standard_way_is_free_from_a_sum_on(option: str, goods: str, cost: str) -> None:
    way = option_called(DELIVERY, option)

    assert delivery_cost(DELIVERY, way, Decimal(goods)) == Decimal(cost)


@pytest.mark.parametrize(
    ("placed_on", "arrives"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),
        (date(2026, 11, 25), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 3)),
    ],
)
def test_no_parcel_comes_at_a_weekend(placed_on: date, arrives: date) -> None:
    assert arrives_by(option_called(DELIVERY, "standard"), placed_on) == arrives


def test_an_unknown_way_is_the_first_one() -> None:
    assert option_called(DELIVERY, "by balloon").key == "standard"
