"""Which suggestion a purchase came of."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.orders.models import OrderState
from crm_store.proof.attribution import Purchase, purchases, source_of
from crm_store.suggestions.models import Outcome, Suggestion
from tests.builders import NOW, a_customer, an_order

pytestmark = pytest.mark.unit

WINDOW = timedelta(days=30)
ORDER, CUSTOMER, PRODUCT = uuid4(), uuid4(), uuid4()
BOUGHT = Purchase(ORDER, CUSTOMER, PRODUCT, NOW)


def shown(
    days_before: float, outcome: Outcome = Outcome.shown, *, order: UUID | None = None
) -> Suggestion:
    at = NOW - timedelta(days=days_before)
    return Suggestion(id=uuid4(), created_at=at, outcome=outcome, order_id=order)


def test_a_purchase_came_of_the_last_showing_before_it() -> None:
    long_ago, last, too_late = shown(20), shown(2), shown(-1)

    assert source_of(BOUGHT, [last, too_late, long_ago], window=WINDOW) is last


@pytest.mark.parametrize("outcome", [Outcome.shown, Outcome.accepted, Outcome.ignored])
def test_what_was_seen_counts_whatever_was_said_to_it(outcome: Outcome) -> None:
    seen = shown(1, outcome)

    assert source_of(BOUGHT, [seen], window=WINDOW) is seen


def test_what_was_declined_last_brought_nothing() -> None:
    assert source_of(BOUGHT, [shown(5), shown(1, Outcome.declined)], window=WINDOW) is None


@pytest.mark.parametrize(("days", "counts"), [(0, True), (30, True), (30.1, False), (-0.1, False)])
def test_the_window_holds_both_its_ends(days: float, counts: bool) -> None:
    assert (source_of(BOUGHT, [shown(days)], window=WINDOW) is not None) is counts


def test_a_suggestion_is_bought_once() -> None:
    assert source_of(BOUGHT, [shown(1, Outcome.bought, order=uuid4())], window=WINDOW) is None


def test_an_order_that_came_to_nothing_gives_its_suggestion_free() -> None:
    cancelled = uuid4()
    free = shown(1, Outcome.bought, order=cancelled)

    assert source_of(BOUGHT, [free], window=WINDOW, ended={cancelled}) is free


def test_a_product_of_an_order_counts_once() -> None:
    counted = shown(5, Outcome.bought, order=ORDER)

    assert source_of(BOUGHT, [counted, shown(1)], window=WINDOW) is None


@given(
    st.lists(
        st.tuples(st.floats(min_value=-60, max_value=60), st.sampled_from(Outcome)), max_size=8
    )
)
def test_to_attribute_again_changes_nothing(told: list[tuple[float, Outcome]]) -> None:
    showings = [
        shown(days, outcome, order=uuid4() if outcome is Outcome.bought else None)
        for days, outcome in told
    ]

    source = source_of(BOUGHT, showings, window=WINDOW)

    if source is not None:
        assert timedelta() <= NOW - source.created_at <= WINDOW
        source.buy(ORDER, NOW)
        assert source_of(BOUGHT, showings, window=WINDOW) is None


def test_a_suggestion_keeps_what_was_said_to_it_before_it_was_bought() -> None:
    taken = shown(1, Outcome.accepted)

    for order in (uuid4(), ORDER):
        taken.buy(order, NOW)

    assert (taken.outcome, taken.outcome_before) == (Outcome.bought, Outcome.accepted)
    assert (taken.order_id, taken.bought_at) == (ORDER, NOW)


@pytest.mark.parametrize("state", OrderState)
def test_nothing_is_bought_with_an_order_that_came_to_nothing(state: OrderState) -> None:
    order = an_order(a_customer(), state=state, titles=("Aida", "Nabucco", "Unknown"))
    order.lines[0].product_id = order.lines[1].product_id = PRODUCT

    bought = purchases(order)

    ended = state in {OrderState.cancelled, OrderState.returned}
    expected = [] if ended else [Purchase(order.id, order.customer_id, PRODUCT, NOW)]
    assert bought == expected
