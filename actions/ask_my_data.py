"""What do you know about me?"""

from typing import Any

from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_list, spell_moment
from actions.interests import interests_called
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import ContactKind
from crm_store.insight.repository import EventRepository
from crm_store.outbox.repository import OutboxRepository
from crm_store.privacy.export import PrivacyRepository, Summary
from crm_store.privacy.reaching import address_of_record
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository

MOST_SPOKEN, MOST_WRITTEN = 3, 12


class ActionAskMyData(Errand):
    """Tell in a sentence what is stored, and have the whole of it sent."""

    action_name = "action_ask_my_data"
    intents = frozenset({"ask_my_data"})
    kept_response = "utter_my_data_kept"

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what kinds of data there are, and ask whether to send all of it."""
        summary = await PrivacyRepository(turn.session).summary(turn.conversation, at=turn.at)
        turn.say("utter_my_data_summary", **_words(summary, turn))
        if summary.interests:
            called = interests_called(summary.interests, turn)
            turn.say(
                "utter_my_data_interests",
                interests=spell_list(called, turn.language, most=_most(turn)),
            )
        turn.say("utter_my_data_restate")

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Have somebody send the document to the contact on file, never into the conversation."""
        case = await CaseRepository(turn.session).open(
            turn.conversation,
            CaseKind.privacy,
            turn.wording("utter_my_data_case"),
            at=turn.at,
            cause=turn.message_id,
        )
        shop = (await PolicyRepository(turn.session).current()).shop
        promised = spell_moment(local(shop, case.promised_by), turn.language)
        told = {"case_number": case.number, "promised": promised}
        contact = await address_of_record(turn.session, turn.conversation, at=turn.at)
        if contact is not None:
            message = turn.wording("utter_my_data_message", **told)
            OutboxRepository(turn.session).add(contact, turn.language, message, at=turn.at)
        EventRepository(turn.session).record(
            "data_asked_for", turn.conversation, cause=turn.message_id
        )
        turn.say("utter_my_data_done", **told)
        return []


def _most(turn: ActionTurn) -> int:
    # A caller remembers a few; the chat can be read, and the document has them all.
    return MOST_SPOKEN if turn.on_phone else MOST_WRITTEN


def _words(summary: Summary, turn: ActionTurn) -> dict[str, Any]:
    kinds = ["utter_data_name"]
    if ContactKind.email in summary.contacts:
        kinds.append("utter_data_email")
    if ContactKind.phone in summary.contacts:
        kinds.append("utter_data_phone")
    if summary.has_address:
        kinds.append("utter_data_address")
    said = [turn.wording(kind) for kind in kinds]
    return {
        "kinds": spell_list(said, turn.language, most=len(said)),
        "orders": summary.orders,
        "conversations": summary.conversations,
    }
