"""I want to speak to a person."""

from typing import Final

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import action_before, emptied, end_of_form
from crm_store.conversations.turns import TurnRepository
from crm_store.handoffs.models import Reason
from crm_store.insight.repository import EventRepository

REASONS: Final = {
    "action_offer_person": Reason.not_understood,
    "action_resume_wish": Reason.not_allowed,
}
"""Why, by what the customer is answering to; otherwise they just asked."""


class ActionHandOff(StoreAction):
    """Pass the customer to a person; it takes effect together with the reply."""

    action_name = "action_hand_off"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Note the reason on the turn and say that somebody will come."""
        reason = REASONS.get(action_before(turn.tracker) or "", Reason.asked)
        owed = await TurnRepository(turn.session).of_message(turn.message_id)
        if owed is not None:
            owed.handoff_reason = reason
        EventRepository(turn.session).record(
            "person_asked_for", turn.conversation, {"reason": reason}, cause=turn.message_id
        )
        turn.say("utter_handed_off")
        return [
            *end_of_form(),
            *emptied("question", "awaits", "wish", "claim", "code", "errands", "wishes"),
        ]
