"""Hello, thank you, nice weather: what good manners ask for."""

from dataclasses import dataclass
from typing import Final

from actions.base import ActionTurn, Event, StoreAction
from actions.frames import under_way
from actions.narrowing import narrowed
from actions.tracker import emptied
from actions.unasked import offer_unasked


@dataclass(frozen=True, slots=True)
class Manners:
    """What is said back, and what is said where a question of ours is about to follow."""

    alone: str
    between: str


SAID: Final = {
    "greet": Manners("utter_greet", "utter_greet_between"),
    "thank": Manners("utter_thanks_returned", "utter_thanks_between"),
    "small_talk": Manners("utter_small_talk", "utter_small_talk_between"),
    "affirm": Manners("utter_affirm_alone", "utter_affirm_between"),
    "deny": Manners("utter_deny_alone", "utter_deny_between"),
}


class ActionCourtesy(StoreAction):
    """Return a courtesy; where something is under way, without asking what is wished for.

    Thanks for what is settled are the moment for an offer that nobody asked for.
    """

    action_name = "action_courtesy"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say it in a few words: what was asked before is asked again right after it.

        A no that says to what ("no operas") is to the offers.
        """
        anew = await narrowed(turn) if turn.intent == "deny" else None
        if anew is not None:
            return anew
        said = SAID[turn.intent or "greet"]
        if is_between(turn):
            turn.say(said.between)
            return []
        offered = await offer_unasked(turn) if turn.intent == "thank" else []
        if not offered:
            turn.say(said.alone)
        return [*offered, *emptied("settled")]


def is_between(turn: ActionTurn) -> bool:
    """Return whether something is under way that the bot comes back to by itself."""
    return bool(under_way(turn) or turn.slot("wishes") or turn.tracker.active_loop_name)
