"""How a return goes on."""

import pytest

from crm_store.errors import ReturnClosed
from crm_store.returns.models import Refund, RefundState, Return, ReturnKind, ReturnState
from tests.builders import NOW

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (ReturnKind.money_back, ReturnState.refunded),
        (ReturnKind.exchange, ReturnState.exchanged),
    ],
)
def test_a_return_is_received_and_then_settled(kind: ReturnKind, end: ReturnState) -> None:
    sent = Return(kind=kind, state=ReturnState.announced)

    sent.receive(NOW)
    sent.settle(NOW)

    assert (sent.state, sent.received_at, sent.closed_at) == (end, NOW, NOW)


def test_what_has_not_come_is_neither_settled_nor_rejected() -> None:
    for step in (Return.settle, Return.reject):
        with pytest.raises(ReturnClosed):
            step(Return(state=ReturnState.announced), NOW)


def test_nothing_is_received_twice() -> None:
    sent = Return(state=ReturnState.announced)
    sent.receive(NOW)

    with pytest.raises(ReturnClosed):
        sent.receive(NOW)


def test_a_rejected_return_counts_no_more() -> None:
    sent = Return(state=ReturnState.received)

    sent.reject(NOW)

    assert not sent.counts


def test_a_refund_is_paid_once() -> None:
    owed = Refund(state=RefundState.due)
    owed.pay(NOW)
    owed.pay(NOW.replace(year=2027))

    assert (owed.state, owed.paid_at) == (RefundState.paid, NOW)
