"""Once more, please."""

from actions import again
from actions.base import ActionTurn, Event, StoreAction


class ActionRepeat(StoreAction):
    """Say again what was said last, with its choices."""

    action_name = "action_repeat"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Repeat it word for word; what it asked stays asked."""
        for reply in again.last_replies(turn):
            again.repeat(turn, reply)
        if not again.has_spoken(turn):
            turn.say("utter_repeat_nothing")
        return []
