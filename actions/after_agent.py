"""A person has given the conversation back."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied, metadata


class ActionAfterAgent(StoreAction):
    """Go on where the person stopped, knowing how it ended."""

    action_name = "action_after_agent"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say who is speaking again, and keep the outcome for the desk to show."""
        facts = metadata(turn.tracker).get("facts") or {}
        outcome, agent = facts.get("outcome"), facts.get("agent")
        if outcome and agent:
            turn.say("utter_after_agent_told", outcome=outcome, agent=agent)
        else:
            turn.say("utter_after_agent")
        return [
            SlotSet("agent_outcome", outcome),
            *emptied("question", "awaits", "misunderstood", "wish", "errands", "wishes"),
        ]
