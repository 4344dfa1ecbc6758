"""I want to complain."""

from typing import Any, Final

from rasa_sdk.events import FollowupAction

from actions.asks.matters import PROBLEMS
from actions.asks.words import TextAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_moment
from actions.hollow import says_what
from actions.persons_sought import offers_person, toward_person
from crm_store.base import Json
from crm_store.cases.models import Case, CaseKind, CaseState
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import Level
from crm_store.errors import OrderNotFound
from crm_store.handoffs.models import Reason
from crm_store.orders.repository import OrderRepository
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository

MAY_TELL: Final = (*PROBLEMS, "write_review", "insult", "small_talk")
BEGAN: Final = "began"
"""Under which the words are kept that told of anger alone."""


class ComplaintAsk(TextAsk):
    """What happened; nothing that was said is lost, and a second time nobody is asked again."""

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words that began the complaint, if they say what it is about."""
        if self.name in given or turn.chosen or turn.intent != "complain":
            return None
        if says_what(turn.text) or await _case(turn) is not None:
            return self._said(turn, fewest=1)
        given[BEGAN] = turn.text
        return None


class ActionComplain(Errand):
    """Write a complaint down for a person to answer; anybody may complain."""

    action_name = "action_complain"
    intents = frozenset({"complain"})
    level = Level.anonymous
    asks = (
        ComplaintAsk(
            "text",
            "utter_complaint_what",
            again="utter_complaint_what_again",
            takes=MAY_TELL,
        ),
    )
    confirms = False
    kept_response = "utter_complaint_untold"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say sorry, and by when somebody answers; who cannot be reached is asked how."""
        words = "\n".join(str(given[part]) for part in (BEGAN, "text") if part in given)
        case = await _case(turn)
        response = "utter_complaint_recorded" if case is None else "utter_complaint_added"
        if case is None:
            case = await _opened(turn, words)
        else:
            CaseRepository(turn.session).add_to(
                case, words, turn.conversation, cause=turn.message_id
            )
        reachable = case.customer_id is not None or case.reply_to is not None
        turn.say(response, **await _told(turn, case))
        if not reachable:
            return [FollowupAction("action_leave_contact")]
        person = await toward_person(turn, Reason.complaint)
        if offers_person(person):
            turn.say("utter_complaint_person")
        return person


async def _case(turn: ActionTurn) -> Case | None:
    """Return the complaint of this conversation that is still open."""
    cases = CaseRepository(turn.session)
    case = await cases.in_conversation(turn.conversation.id, CaseKind.complaint)
    return case if case is not None and case.state is CaseState.open else None


async def _opened(turn: ActionTurn, words: str) -> Case:
    order = await _order(turn)
    return await CaseRepository(turn.session).open(
        turn.conversation,
        CaseKind.complaint,
        words,
        at=turn.at,
        order_id=order,
        cause=turn.message_id,
    )


async def _order(turn: ActionTurn) -> Any:
    """Return the id of the order last spoken of, if it is this customer's."""
    number = turn.slot("order_number")
    if not number or turn.conversation.current_level(turn.at) < Level.verified:
        return None
    try:
        orders = OrderRepository(turn.session)
        return (await orders.find(turn.conversation, at=turn.at, number=str(number))).id
    except OrderNotFound:
        return None


async def _told(turn: ActionTurn, case: Case) -> dict[str, str]:
    shop = (await PolicyRepository(turn.session).current()).shop
    promised = spell_moment(local(shop, case.promised_by), turn.language)
    return {"case_number": case.number, "promised": promised}
