"""The shop's ways of paying, in words."""

from collections.abc import Sequence
from typing import Final

from actions.base import ActionTurn
from crm_store.strategy.repository import PolicyRepository

TITLES: Final = {
    "card": "utter_payment_card",
    "paypal": "utter_payment_paypal",
    "invoice": "utter_payment_invoice",
    "debit": "utter_payment_debit",
    "transfer": "utter_payment_transfer",
    "instalments": "utter_payment_instalments",
    "giftcard": "utter_payment_giftcard",
}


async def methods_taken(turn: ActionTurn) -> Sequence[str]:
    """Return the ways of paying that the shop takes and that there are words for."""
    methods = (await PolicyRepository(turn.session).current()).payment.methods
    return [method for method in methods if method in TITLES]


def method_called(turn: ActionTurn, method: str) -> str:
    """Return what a way of paying is called: "by invoice"."""
    return turn.wording(TITLES[method])
