"""Who is it? A claim, then a code that only reaches them."""

from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import VERIFICATION_FORM, ActionTurn, Event, StoreAction
from actions.nothing_came import says_nothing_came
from crm_store.customers.claims import Claim, claim_in
from crm_store.customers.models import Level
from crm_store.customers.verification import DIGITS, Verification
from crm_store.errors import TooManyCodes
from crm_store.spoken import code_in, with_digits

CLAIMS = ("email", "phone_number", "customer_number", "order_number")
NEW: Final = {"action_change_email": "email", "action_change_phone": "phone_number"}
"""Wishes that name what is not on file yet, so that nobody can be found by it."""
SENT = "sent"
CHECKED = "checked"


class ValidateVerificationForm(StoreAction):
    """Send a code for a claim and check it; neither is kept in a slot.

    Words that are neither leave the form to other rules: it returns nothing for them.
    """

    action_name = "validate_verification_form"
    counted_as = VERIFICATION_FORM

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take the next step of the form."""
        match turn.slot("requested_slot"):
            case None:
                return await _begin(turn)
            case "claim":
                return await _hear_claim(turn)
            case _:
                return await _hear_code(turn)


async def _begin(turn: ActionTurn) -> list[Event]:
    claim = _named(turn, turn.slot("order_number"))
    if _recognised(turn):
        return await _send(turn, Claim())
    if claim:
        return await _send(turn, claim)
    return [SlotSet("claim", None)]


async def _hear_claim(turn: ActionTurn) -> list[Event]:
    claim = _named(turn, with_digits(turn.text))
    if claim:
        return await _send(turn, claim)
    if _refuses(turn):
        return _give_up(turn)
    if turn.intent == "inform":
        turn.say("utter_claim_not_understood")
        return [SlotSet("claim", None)]
    return []


async def _hear_code(turn: ActionTurn) -> list[Event]:
    code = turn.secret or code_in(turn.text, digits=DIGITS)
    if code is not None:
        return await _check(turn, code)
    other_claim = _named(turn)
    if other_claim:
        return await _send(turn, other_claim)
    if _refuses(turn):
        return _give_up(turn)
    if says_nothing_came(turn.text):
        turn.say("utter_code_missing")
        return [SlotSet("code", None), SlotSet("question", "person")]
    if turn.intent == "inform" or any(letter.isdigit() for letter in with_digits(turn.text)):
        turn.say("utter_code_not_understood")
        return [SlotSet("code", None)]
    return []


async def _send(turn: ActionTurn, claim: Claim) -> list[Event]:
    verification = Verification(turn.session, turn.parts.code_key)
    words = turn.wording("utter_code_message")
    try:
        await verification.send_code(turn.conversation, claim, words=words, at=turn.at)
    except TooManyCodes:
        turn.say("utter_too_many_codes")
        return _give_up(turn)
    turn.say("utter_code_sent")
    return [SlotSet("claim", SENT), SlotSet("code", None)]


async def _check(turn: ActionTurn, code: str) -> list[Event]:
    verdict = await Verification(turn.session, turn.parts.code_key).check(
        turn.conversation,
        code,
        at=turn.at,
        cause=turn.message_id,
        # Whoever types has the code at hand as well; nobody needs to be overheard.
        pins=turn.pins if turn.on_phone else None,
    )
    if verdict.proved:
        return [SlotSet("code", CHECKED)]
    if verdict.tries_left:
        turn.say(_wrong(verdict.tries_left), tries_left=verdict.tries_left)
        if verdict.pin_closed:
            turn.say("utter_pin_closed")
        return [SlotSet("code", None)]
    turn.say("utter_code_expired")
    if _recognised(turn):
        return await _send(turn, Claim())
    return [SlotSet("claim", None), SlotSet("code", None)]


def _recognised(turn: ActionTurn) -> bool:
    """Return whether the channel knows who they say they are, as by a caller's number."""
    return turn.conversation.current_level(turn.at) >= Level.claimed


def _refuses(turn: ActionTurn) -> bool:
    """Return whether the customer does not want to; a no to the offer of a person is another."""
    return turn.intent == "deny" and turn.slot("question") != "person"


def _wrong(tries_left: int) -> str:
    return "utter_code_wrong_last_try" if tries_left == 1 else "utter_code_wrong"


def _give_up(turn: ActionTurn) -> list[Event]:
    # An event for a slot of the form, or else the bot takes the words for none of the form's.
    ended = [SlotSet("code", None), SlotSet("requested_slot", None)]
    active = turn.tracker.active_loop_name == VERIFICATION_FORM
    # A form that ends as it begins is not followed by the rule for its end.
    begun = active and turn.slot("requested_slot") is not None
    return ended if begun else [*ended, FollowupAction("action_resume_wish")]


def _named(turn: ActionTurn, *more: str | None) -> Claim:
    new = NEW.get(turn.slot("wish") or "") if turn.slot("requested_slot") is None else None
    entities = (turn.entity(name) for name in CLAIMS if name != new)
    words = [str(said) for said in (*entities, *more) if said]
    return claim_in(" ".join(words), region=turn.parts.region)
