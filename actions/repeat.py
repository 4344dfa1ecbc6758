"""Once more, please."""

from actions import again
from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import last_replies


class ActionRepeat(StoreAction):
    """Say again what was said last, with its choices."""

    action_name = "action_repeat"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Repeat it word for word; what it asked stays asked."""
        replies = last_replies(turn.tracker)
        for reply in replies:
            again.repeat(turn, reply)
        if not replies:
            turn.say("utter_repeat_nothing")
        return []
