"""Where may we answer you?"""

from rasa_sdk.events import SlotSet

from actions.asks.ask import Ask
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import Level


class ReachAsk(Ask):
    """An e-mail address or a telephone number."""

    takes = frozenset({"change_email", "change_phone", "identify", "call_me_back"})
    digits = True

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return whichever of the two is said."""
        found = turn.entity("email") or turn.entity("phone_number")
        return str(found) if found else None


class ActionLeaveContact(Errand):
    """Note where somebody whom we do not know wants the answer to their complaint."""

    action_name = "action_leave_contact"
    level = Level.anonymous
    asks = (ReachAsk("reach", "utter_reach_ask", again="utter_reach_ask_again"),)
    confirms = False
    kept_response = "utter_reach_untold"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Keep it with the case, and offer a person, who could answer at once."""
        cases = CaseRepository(turn.session)
        case = await cases.in_conversation(turn.conversation.id, CaseKind.complaint)
        if case is not None:
            case.reply_to = given["reach"]
        turn.say("utter_reach_noted")
        return [SlotSet("question", "person")]
