"""You may call me, write to me, suggest things to me."""

from actions.asks.consent import WHAT, ConsentAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository


class ActionGiveConsent(Errand):
    """Write down what the customer allows from now on."""

    action_name = "action_give_consent"
    intents = frozenset({"give_consent"})
    asks = (ConsentAsk("utter_consent_give_ask", given=True, takes=("subscribe_newsletter",)),)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say exactly what is agreed to, and that it can be withdrawn."""
        turn.say("utter_consent_restate", **consent_words(turn, given))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Write it down."""
        await ConsentRepository(turn.session).decide(
            turn.conversation,
            ConsentKind(given["consent"]),
            given=True,
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say("utter_consent_given", **consent_words(turn, given))
        return []


def consent_words(turn: ActionTurn, given: Json) -> dict[str, str]:
    """Return what a consent is about, in words for a sentence."""
    return {"what": turn.wording(WHAT[ConsentKind(given["consent"])])}
