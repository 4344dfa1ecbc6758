"""Stop calling me."""

from actions.asks.consent import ConsentAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.give_consent import consent_words
from crm_store.base import Json
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository


class ActionWithdrawConsent(Errand):
    """Write down what the customer allows no more, at once: it is as easy as allowing it."""

    action_name = "action_withdraw_consent"
    intents = frozenset({"withdraw_consent"})
    confirms = False
    asks = (
        ConsentAsk("utter_consent_withdraw_ask", given=False, takes=("unsubscribe_newsletter",)),
    )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Write it down."""
        await ConsentRepository(turn.session).decide(
            turn.conversation,
            ConsentKind(given["consent"]),
            given=False,
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say("utter_consent_withdrawn", **consent_words(turn, given))
        return []
