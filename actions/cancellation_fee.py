"""Does cancelling cost anything?"""

from decimal import Decimal

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_price
from crm_store.strategy.repository import PolicyRepository


class ActionCancellationFee(StoreAction):
    """Tell until when an order can be cancelled and what that costs; anybody may ask."""

    action_name = "action_cancellation_fee"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell the shop's terms, and what can be done afterwards."""
        policies = await PolicyRepository(turn.session).current()
        fee = policies.cancellation.fee
        turn.say(
            "utter_cancellation_fee" if fee > Decimal(0) else "utter_cancellation_free",
            fee=spell_price(fee, policies.shop.currency, turn.language),
            days=str(policies.returns.period_days),
        )
        return []
