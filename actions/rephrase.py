"""What do you mean?"""

from actions import again
from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import last_replies
from crm_store.base import Json


class ActionRephrase(StoreAction):
    """Say what was said last in simpler words, with its choices."""

    action_name = "action_rephrase"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Put it simply where there are such words, else say it again; it stays asked."""
        replies = last_replies(turn.tracker)
        if not replies:
            turn.say("utter_repeat_nothing")
            return []
        if not any(again.simpler(turn, reply) for reply in replies):
            turn.say("utter_rephrase_lead")
        for reply in replies:
            _say_simply(turn, reply)
        return []


def _say_simply(turn: ActionTurn, reply: Json) -> None:
    name = again.simpler(turn, reply)
    if name is not None:
        turn.say(name, buttons=again.buttons_of(reply), **again.values_of(reply))
        return
    again.repeat(turn, reply)
    if again.asks_yes_or_no(reply):
        turn.say("utter_yes_or_no_simply")
