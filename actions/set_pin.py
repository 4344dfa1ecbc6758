"""I would like a PIN for the phone."""

from actions.asks.ask import Refused
from actions.asks.pin import PinAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json


class ActionSetPin(Errand):
    """Let a customer choose a PIN, or another one; in writing, where nobody listens."""

    action_name = "action_set_pin"
    intents = frozenset({"set_pin"})
    confirms = False
    asks = (PinAsk("pin", "utter_pin_ask", again="utter_pin_ask_again"),)

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """It is not done on the phone."""
        if turn.on_phone:
            raise Refused("utter_pin_in_chat")

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say that it counts from now on."""
        turn.say("utter_pin_set")
        return []
