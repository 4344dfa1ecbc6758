"""Where is my return, and where is my money?"""

from collections.abc import Sequence
from typing import Final

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_date, spell_list, spell_price
from crm_store.customers.claims import spellings
from crm_store.orders.models import OrderState
from crm_store.orders.repository import OrderRepository
from crm_store.returns.models import Refund, Return, ReturnState
from crm_store.returns.repository import RefundRepository, ReturnRepository

MOST_TOLD: Final = 3
MOST_SPOKEN: Final = 2

RESPONSES: Final = {
    ReturnState.announced: "utter_return_announced",
    ReturnState.received: "utter_return_received",
    ReturnState.refunded: "utter_return_refunded",
    ReturnState.exchanged: "utter_return_exchanged",
    ReturnState.rejected: "utter_return_rejected",
}


class ActionAskReturnStatus(StoreAction):
    """Tell a verified customer how their returns and refunds stand."""

    action_name = "action_ask_return_status"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell of the order that is named, or else of the newest ones."""
        named = turn.entity("order_number")
        returns = await ReturnRepository(turn.session).of(turn.conversation, at=turn.at)
        refunds = await RefundRepository(turn.session).of(turn.conversation, at=turn.at)
        if named is not None:
            numbers = spellings(str(named))
            returns = [one for one in returns if one.order_number in numbers]
            refunds = [one for one in refunds if one.order_number in numbers]
        if not await _tell(turn, returns, refunds):
            await _tell_of_order(turn)
        return []


async def _tell(turn: ActionTurn, returns: Sequence[Return], refunds: Sequence[Refund]) -> int:
    """Say how the newest stand; return how many were told of."""
    most = MOST_SPOKEN if turn.on_phone else MOST_TOLD
    for one in returns[:most]:
        owed = next((refund for refund in refunds if refund.return_id == one.id), None)
        _tell_return(turn, one, owed)
    alone = [refund for refund in refunds if refund.return_id is None]
    for refund in alone[: most - min(len(returns), most)]:
        _tell_refund(turn, refund)
    return min(len(returns) + len(alone), most)


def _tell_return(turn: ActionTurn, one: Return, owed: Refund | None) -> None:
    response = RESPONSES[one.state]
    if one.state is ReturnState.received and owed is None:
        response = "utter_return_received_exchange"
    turn.say(
        response,
        return_number=one.number,
        titles=spell_list([line.title for line in one.lines], turn.language),
        refund=spell_price(one.refund_amount, one.currency, turn.language),
        due_on=spell_date(owed.due_on, turn.language) if owed else "",
        closed_on=spell_date(one.closed_at, turn.language) if one.closed_at else "",
    )


def _tell_refund(turn: ActionTurn, refund: Refund) -> None:
    words = {
        "refund": spell_price(refund.amount, refund.currency, turn.language),
        "order_number": refund.order_number,
    }
    if refund.paid_at is not None:
        turn.say("utter_refund_paid", paid_on=spell_date(refund.paid_at, turn.language), **words)
    else:
        turn.say("utter_refund_due", due_on=spell_date(refund.due_on, turn.language), **words)


async def _tell_of_order(turn: ActionTurn) -> None:
    """Say what an imported order tells of its return, or that there is none."""
    orders = await OrderRepository(turn.session).of(turn.conversation, at=turn.at)
    returned = [order for order in orders if order.state is OrderState.returned]
    if returned:
        turn.say("utter_order_returned", order_number=returned[0].number)
    else:
        turn.say("utter_return_none")
