"""I want to change something in my account."""

from typing import Final

from rasa_sdk.events import FollowupAction

from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.customers.models import Level

WHAT: Final = {
    "email": "utter_choice_edit_email",
    "phone": "utter_choice_edit_phone",
    "address": "utter_choice_edit_address",
    "name": "utter_choice_edit_name",
}


class ActionEditAccount(Errand):
    """Find out what is to be changed, and go on with that."""

    action_name = "action_edit_account"
    intents = frozenset({"edit_account"})
    level = Level.anonymous
    confirms = False
    asks = (
        ChoiceAsk("what", "utter_edit_account_ask", WHAT, again="utter_edit_account_ask_again"),
    )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Begin the errand that changes it."""
        return [FollowupAction(f"action_change_{given['what']}")]
