"""I do not want the PIN any more."""

from actions.asks.ask import Refused
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json


class ActionRemovePin(Errand):
    """Remove a customer's PIN."""

    action_name = "action_remove_pin"
    intents = frozenset({"remove_pin"})

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """There must be one."""
        if not await turn.pins.is_set(turn.conversation, at=turn.at):
            raise Refused("utter_pin_none")

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what goes."""
        turn.say("utter_pin_remove_restate")

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Remove it."""
        await turn.pins.remove(turn.conversation, at=turn.at, cause=turn.message_id)
        turn.say("utter_pin_removed")
        return []
