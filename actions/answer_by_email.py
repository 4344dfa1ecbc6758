"""Write to me instead."""

from actions.asks.reach import ON_FILE, ReachAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_moment
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository

MOST_WORDS = 5
"""Of what the customer has said last, that a person needs for an answer."""


class ActionAnswerByEmail(Errand):
    """Keep the matter of somebody who would rather not wait, for a person to answer by e-mail."""

    action_name = "action_answer_by_email"
    intents = frozenset({"answer_by_email"})
    level = Level.anonymous
    asks = (ReachAsk("reach", "utter_email_answer_ask"),)
    confirms = False
    kept_response = "utter_email_answer_untold"

    def least(self, given: Json) -> Level:
        """Demand a proof only for writing to a contact on file."""
        return Level.verified if given.get("reach") == ON_FILE else Level.anonymous

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Open a case with the customer's own words, and say by when somebody answers."""
        case = await CaseRepository(turn.session).open(
            turn.conversation,
            CaseKind.other,
            await _matter(turn),
            at=turn.at,
            cause=turn.message_id,
        )
        case.reply_to = None if given["reach"] == ON_FILE else given["reach"]
        shop = (await PolicyRepository(turn.session).current()).shop
        promised = spell_moment(local(shop, case.promised_by), turn.language)
        turn.say("utter_email_answer_done", case_number=case.number, promised=promised)
        return []


async def _matter(turn: ActionTurn) -> str:
    words = await ConversationRepository(turn.session).last_words(
        turn.conversation.id, before=turn.conversation.last_seq + 1, most=MOST_WORDS
    )
    return "\n".join(reversed(words))
