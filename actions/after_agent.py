"""A person has given the conversation back."""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_list
from actions.tracker import emptied, metadata
from crm_store.base import Json

FINISHED: Final = {
    "return_item": "utter_finished_return_item",
    "cancel_order": "utter_finished_cancel_order",
    "change_address": "utter_finished_change_address",
    "change_delivery_address": "utter_finished_change_delivery_address",
    "change_name": "utter_finished_change_name",
}
"""What an agent may have finished, each with the response that says it in a few words."""


class ActionAfterAgent(StoreAction):
    """Go on where the person stopped, knowing how it ended and what they have finished."""

    action_name = "action_after_agent"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say who is speaking again, and come back to what is still open."""
        facts = metadata(turn.tracker).get("facts") or {}
        open_still = [] if facts.get("settled", True) else _unfinished(turn)
        _say_how_it_ended(turn, facts, goes_on=bool(open_still))
        finished = [one["form"] for one in facts.get("finished") or ()]
        return [
            SlotSet("agent_outcome", facts.get("outcome")),
            SlotSet("settled", finished[-1] if finished and not open_still else None),
            *emptied("question", "awaits", "misunderstood", "wish", "wishes", "left_open"),
            SlotSet("errands", open_still or None),
        ]


def _say_how_it_ended(turn: ActionTurn, facts: Json, *, goes_on: bool) -> None:
    outcome, agent, finished = (facts.get(name) for name in ("outcome", "agent", "finished"))
    if goes_on:
        turn.say("utter_after_agent_goes_on")
    elif finished and agent:
        done = [turn.wording(FINISHED[one["form"]], ref=one["ref"]) for one in finished]
        turn.say("utter_after_agent_done", agent=agent, done=spell_list(done, turn.language))
    elif outcome and agent:
        turn.say("utter_after_agent_told", outcome=outcome, agent=agent)
    else:
        turn.say("utter_after_agent")


def _unfinished(turn: ActionTurn) -> list[Json]:
    """Return what was left open; whoever had not proved who they are is asked to once more."""
    return [{**frame, "unproved": False} for frame in turn.slot("left_open") or ()]
