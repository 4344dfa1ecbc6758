"""I want to send this back."""

from typing import ClassVar

from actions.asks.reason import ReasonAsk
from actions.asks.return_line import ReturnLineAsk, ReturnQuantityAsk
from actions.asks.return_order import ReturnOrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date, spell_price
from actions.returns import (
    REFUND_TO,
    conditions,
    demand_returnable,
    reason_given,
    returnable,
    send_label,
)
from crm_store.base import Json
from crm_store.errors import (
    NothingLeftToReturn,
    NotReturnable,
    OrderNotDelivered,
    ReturnTooLate,
    StoreError,
)
from crm_store.returns.models import ReturnKind
from crm_store.returns.service import Wanted, announce

REFUSALS: dict[type[StoreError], str] = {
    NothingLeftToReturn: "utter_return_nothing_left",
    NotReturnable: "utter_return_excluded",
    OrderNotDelivered: "utter_return_nothing_left",
    ReturnTooLate: "utter_return_over",
}
"""What may have changed between the restating and the yes."""


class ActionReturnItem(Errand):
    """Announce a return, with a label, and say what comes back of the price and how."""

    action_name = "action_return_item"
    intents = frozenset({"return_item"})
    asks = (
        ReturnOrderAsk(ReturnKind.money_back),
        ReturnLineAsk("line", "utter_return_line_which", every=True),
        ReturnQuantityAsk(),
        ReasonAsk(),
    )
    kept_response = "utter_return_kept"
    refusals: ClassVar = REFUSALS

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Say at once what cannot go back, and until when it could."""
        if "order" in given:
            await demand_returnable(turn, given, ReturnKind.money_back)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what goes back by when, what it costs, and what comes back of the price where."""
        back = await returnable(turn, given)
        pieces, reason = back.pieces(given), reason_given(given)
        settled = back.terms.settlement(back.order, back.returns, pieces, reason)
        last_day = back.terms.last_day(back.order, ReturnKind.money_back)
        turn.say(
            "utter_return_restate",
            titles=back.titles(pieces, turn),
            order_number=back.order.number,
            last_day=spell_date(last_day, turn.language),
            conditions=conditions(turn, back.terms, reason, settled.fee),
            refund=spell_price(settled.refund, back.order.currency, turn.language),
            refund_to=turn.wording(REFUND_TO[back.terms.policies.payment.refund_to]),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Announce it, send the label, and say what happens next."""
        back = await returnable(turn, given)
        last_day = back.terms.last_day(back.order, ReturnKind.money_back)
        wanted = Wanted(back.order.number, back.pieces(given), reason_given(given))
        announced = await announce(
            turn.session, turn.conversation, wanted, at=turn.at, cause=turn.message_id
        )
        sent = await send_label(turn, announced)
        turn.say(
            "utter_return_done" if sent else "utter_return_done_label",
            return_number=announced.number,
            label=announced.label,
            last_day=spell_date(last_day, turn.language),
            refund=spell_price(announced.refund_amount, announced.currency, turn.language),
            days=str(back.terms.policies.returns.refund_days),
        )
        return []
