"""I want to use my other account."""

from typing import Final

from rasa_sdk.events import FollowupAction

from actions.base import VERIFICATION_FORM, ActionTurn, Event, StoreAction
from actions.tracker import emptied
from crm_store.customers.models import Level
from crm_store.insight.repository import EventRepository

ONE_CUSTOMERS: Final = (
    *("errands", "awaits", "question", "offered", "wish", "order_number", "suggested"),
)
"""Slots that speak of whoever the customer was until now."""


class ActionSwitchAccount(StoreAction):
    """Forget in this conversation who the customer is, and ask anew."""

    action_name = "action_switch_account"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Nothing of the one account is left for the other."""
        if turn.conversation.current_level(turn.at) > Level.anonymous:
            EventRepository(turn.session).record(
                "account_left", turn.conversation, cause=turn.message_id
            )
            turn.conversation.forget_customer()
            turn.say("utter_account_left")
        return [*emptied(*ONE_CUSTOMERS), FollowupAction(VERIFICATION_FORM)]
