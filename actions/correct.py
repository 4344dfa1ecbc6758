"""No, the other one. That was wrong."""

from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions import again
from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.tracker import action_before, last_replies, message_before
from crm_store.insight.repository import EventRepository

POINTERS: Final = ("order_number", "number", "position", "date", "postcode", "voucher_code")
"""What a correction may name instead of what we told of."""
TALK: Final = frozenset(
    {
        *("action_courtesy", "action_goodbye", "action_insult", "action_open_conversation"),
        *("action_repeat", "action_rephrase", "action_slower", "action_silence", "action_correct"),
        *("action_ask_rephrase", "action_offer_person", "action_hand_off", "action_abort_form"),
        *("action_after_agent", "action_change_language", "action_inform_alone"),
        *("action_answer", "action_resume_errand", "action_resume_wish", "action_go_back"),
        *("action_take_offer", "action_decline_suggestion", "verification_form"),
    }
)
"""Steps of the conversation itself, which have told nothing that could be wrong."""


class ActionCorrect(StoreAction):
    """Take a correction where nothing is asked: as one of what was told or done last."""

    action_name = "action_correct"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell of the right thing; of a deed say what it was, and who can undo it."""
        if await _has_done(turn):
            for reply in last_replies(turn.tracker)[:1]:
                again.repeat(turn, {"text": reply.get("text")})
            turn.say("utter_correct_deed")
            return [SlotSet("question", "person")]
        told = _told_by(turn)
        if told is None:
            turn.say("utter_correct_alone")
            return []
        return [FollowupAction(told)]


async def _has_done(turn: ActionTurn) -> bool:
    """Return whether the message before this one has changed anything."""
    before = action_before(turn.tracker) or ""
    errand = Errand.known_errands.get(before)
    may_have = before == "action_answer" or (errand is not None and errand.confirms)
    message = message_before(turn.tracker)
    if not may_have or message is None:
        return False
    return await EventRepository(turn.session).has_caused(message)


def _told_by(turn: ActionTurn) -> str | None:
    """Return what told of something, if the words name something else to tell of."""
    before = action_before(turn.tracker) or ""
    names_another = any(turn.entity(pointer) for pointer in POINTERS)
    tells = before.startswith("action_") and before not in TALK
    return before if names_another and tells else None
