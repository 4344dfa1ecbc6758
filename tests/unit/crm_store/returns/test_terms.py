"""What may go back, until when, and for how much."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm_store.errors import (
    NothingLeftToReturn,
    NotReturnable,
    OrderNotDelivered,
    ReturnTooLate,
    StoreError,
)
from crm_store.orders.models import Order, OrderState
from crm_store.returns.models import Reason, Return, ReturnKind, ReturnLine, ReturnState
from crm_store.returns.terms import Terms
from crm_store.strategy.policies import policies, seed
from tests.builders import NOW, a_customer, an_order

pytestmark = pytest.mark.unit

DELIVERED = datetime(2026, 11, 1, 11, 45, tzinfo=UTC)
LAST_MOMENT = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
"""Just before midnight in Berlin, thirty days later."""


def the_terms(kinds: dict[str, str] | None = None, **rules: object) -> Terms:
    return Terms(policies({"returns": {**seed()["returns"], **rules}}), kinds or {})


def a_delivered(*titles: str, quantity: int = 1) -> Order:
    order = an_order(a_customer(), state=OrderState.delivered, titles=titles or ("Rigoletto",))
    order.delivered_at = DELIVERED
    for line in order.lines:
        line.quantity = quantity
    return order


def a_return(sku: str, quantity: int = 1, state: ReturnState = ReturnState.announced) -> Return:
    return Return(state=state, lines=[ReturnLine(sku=sku, quantity=quantity)])


def test_the_last_day_is_counted_from_the_day_of_delivery() -> None:
    assert the_terms().last_day(a_delivered(), ReturnKind.money_back) == date(2026, 12, 1)


def test_an_exchange_may_have_a_period_of_its_own() -> None:
    terms = the_terms(exchange_period_days=60)

    assert terms.last_day(a_delivered(), ReturnKind.exchange) == date(2026, 12, 31)


def test_the_whole_last_day_is_in_time_as_the_shop_counts_days() -> None:
    the_terms().demand(a_delivered(), [], ReturnKind.money_back, at=LAST_MOMENT)


def test_the_day_after_is_too_late() -> None:
    with pytest.raises(ReturnTooLate):
        the_terms().demand(
            a_delivered(), [], ReturnKind.money_back, at=LAST_MOMENT + timedelta(minutes=2)
        )


@pytest.mark.parametrize("state", sorted(set(OrderState) - {OrderState.delivered}))
def test_only_what_was_delivered_goes_back(state: OrderState) -> None:
    order = a_delivered()
    order.state = state

    with pytest.raises(OrderNotDelivered):
        the_terms().demand(order, [], ReturnKind.money_back, at=NOW)


def test_nothing_goes_back_twice() -> None:
    order, terms = a_delivered(quantity=2), the_terms()

    assert terms.left(order, [a_return("Rigoletto")]) == {"Rigoletto": 1}
    with pytest.raises(NothingLeftToReturn):
        terms.demand(order, [a_return("Rigoletto", 2)], ReturnKind.money_back, at=NOW)
    with pytest.raises(NothingLeftToReturn):
        terms.demand_pieces(order, [a_return("Rigoletto")], {"Rigoletto": 2})


def test_what_was_rejected_may_be_tried_again() -> None:
    rejected = a_return("Rigoletto", state=ReturnState.rejected)

    assert the_terms().left(a_delivered(), [rejected]) == {"Rigoletto": 1}


def test_some_kinds_are_not_taken_back() -> None:
    terms = the_terms({"Rigoletto": "film"}, excluded_kinds=["film"])
    order = a_delivered("Rigoletto", "Aida")

    assert terms.left(order, []) == {"Aida": 1}
    with pytest.raises(NotReturnable):
        terms.demand_pieces(order, [], {"Rigoletto": 1})
    with pytest.raises(NotReturnable):
        terms.demand(a_delivered("Rigoletto"), [], ReturnKind.money_back, at=NOW)


@pytest.mark.parametrize(
    ("quantity", "refusal"), [(0, NothingLeftToReturn), (2, NothingLeftToReturn)]
)
def test_no_more_goes_back_than_was_sold(quantity: int, refusal: type[StoreError]) -> None:
    with pytest.raises(refusal):
        the_terms().demand_pieces(a_delivered(), [], {"Rigoletto": quantity})


def test_the_refund_is_the_price_less_label_and_fee() -> None:
    terms = the_terms(label_free=False, label_cost="4.90", restocking_fee="2.00")
    order = a_delivered("Rigoletto", "Aida")

    settled = terms.settlement(order, [], {"Aida": 1}, Reason.dislike)

    assert (settled.goods, settled.refund) == (Decimal("27.90"), Decimal("21.00"))


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.ours])
def test_what_is_our_doing_costs_the_customer_nothing(reason: Reason) -> None:
    terms = the_terms(label_free=False, label_cost="4.90", restocking_fee="2.00")

    assert terms.settlement(a_delivered(), [], {"Rigoletto": 1}, reason).refund == Decimal("27.90")


def test_a_whole_order_comes_back_with_what_its_delivery_cost() -> None:
    order = a_delivered("Rigoletto", "Aida")
    order.total += Decimal("3.90")
    whole = {"Rigoletto": 1, "Aida": 1}

    assert the_terms().settlement(order, [], whole, None).refund == Decimal("59.70")


def test_no_refund_is_below_nothing() -> None:
    terms = the_terms(restocking_fee="99.00")

    assert terms.settlement(a_delivered(), [], {"Rigoletto": 1}, None).refund == Decimal(0)
