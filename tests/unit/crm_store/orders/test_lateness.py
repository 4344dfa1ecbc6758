from datetime import date, timedelta

import pytest

from crm_store.orders.lateness import Delay, delay_of
from crm_store.orders.models import OrderState
from crm_store.strategy.policies import Lateness
from tests.builders import a_customer, an_order

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "delay"),
    [(-1, Delay.none), (0, Delay.none), (1, Delay.none), (2, Delay.late), (10, Delay.lost)],
)
def test_an_order_is_late_and_then_lost_by_the_shops_own_rules(days: int, delay: Delay) -> None:
    order = an_order(
        a_customer(), state=OrderState.shipped, expected_on=TODAY - timedelta(days=days)
    )

    assert delay_of(order, Lateness(late_after=2, lost_after=10), TODAY) is delay


def test_what_has_arrived_is_never_late() -> None:
    order = an_order(a_customer(), state=OrderState.delivered, expected_on=date(2026, 1, 1))

    assert delay_of(order, Lateness(late_after=1, lost_after=10), TODAY) is Delay.none
