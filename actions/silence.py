"""Nothing heard."""

from itertools import takewhile
from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import under_way
from actions.tracker import emptied, end_of_form, intents_before

MOST_REPROMPTS: Final = 2


class ActionSilence(StoreAction):
    """Ask twice, gently, whether the caller is there; then offer a person."""

    action_name = "action_silence"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Ask again what was asked; whoever has begged for a moment is given it first."""
        before = intents_before(turn.tracker)
        silences = len(list(takewhile(lambda intent: intent == "silence", before)))
        if before[silences : silences + 1] == ["wait"]:
            silences -= 1
        if silences < 0:
            turn.say("utter_wait_longer")
            return []
        if silences >= MOST_REPROMPTS:
            turn.say("utter_silence_person")
            return [
                *end_of_form(),
                *emptied("claim", "code", "awaits"),
                SlotSet("question", "person"),
            ]
        return await _reprompt(turn, again=silences > 0)


async def _reprompt(turn: ActionTurn, *, again: bool) -> list[Event]:
    frames = under_way(turn)
    if turn.slot("question") == "errand" and frames:
        turn.say("utter_silence_between")
        return await Errand.known_errands[frames[-1].errand]().go_on(turn, frames)
    if turn.tracker.active_loop_name:
        # The form asks its question again by itself.
        turn.say("utter_silence_between")
    else:
        turn.say("utter_silence_again" if again else "utter_silence")
    return []
