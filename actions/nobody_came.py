"""Somebody has waited for a person in vain."""

from actions.base import ActionTurn, Event, StoreAction
from actions.offers import offered
from actions.persons_sought import QUEUE, by_email
from actions.tracker import emptied, end_of_form


class ActionNobodyCame(StoreAction):
    """Say so, and offer a call back or to go on waiting."""

    action_name = "action_nobody_came"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Nobody is left waiting without a word, nor sent away."""
        turn.say(
            "utter_nobody_came",
            buttons=[
                turn.choice("utter_choice_call_me_back", "call_me_back"),
                *by_email(turn),
                turn.choice("utter_choice_wait_on", "ask_person", entities={"choice": QUEUE}),
                turn.choice("utter_choice_no_thanks", "deny"),
            ],
        )
        return [*end_of_form(), *emptied("claim", "code"), *offered("action_call_me_back")]
