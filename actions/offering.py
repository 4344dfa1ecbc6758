"""How offers are shown in the chat and spoken on the phone."""

from collections.abc import Sequence
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event
from actions.formats import spell_form, spell_list, spell_price
from actions.offers import offered
from crm_store.suggestions.service import Offer

_LATER: Final = frozenset({"utter_suggest_other", "utter_suggest_more"})
"""What is answered so comes after offers that may well have been in the format."""
_MISSED: Final = "utter_suggest_in_other_format", "utter_suggest_not_in_format"
_MISSED_AGAIN: Final = "utter_suggest_in_other_format_more", "utter_suggest_not_in_format_more"


def show(turn: ActionTurn, response: str, offers: Sequence[Offer]) -> list[Event]:
    """Show the offers, or speak the first; return the events of the question that it ends with."""
    _own_up_to_format(turn, response, offers)
    if turn.on_phone:
        return _speak(turn, response, offers[0])
    gone = [offer for offer in offers if not offer.in_stock]
    if gone:
        turn.say("utter_suggest_sold_out")
    turn.say(
        response,
        json_message={"cards": [_card(offer) for offer in offers]},
        buttons=[
            *_when_back(turn, gone),
            turn.choice("utter_choice_more_like_this", "more_like_this"),
            turn.choice("utter_choice_something_else", "something_else"),
            turn.choice("utter_choice_not_now", "decline_suggestion"),
            turn.choice("utter_choice_never_this", "never_this"),
        ],
    )
    return [SlotSet("question", None)]


def _own_up_to_format(turn: ActionTurn, response: str, offers: Sequence[Offer]) -> None:
    """Say where nothing comes in the format that was asked for, and in which the first does."""
    missed, best = offers[0].missed, offers[0]
    if not missed:
        return
    wanted = spell_list(
        [spell_form(key, turn.language) for key in missed], turn.language, style="or"
    )
    in_other, in_none = _MISSED_AGAIN if response in _LATER else _MISSED
    if best.format:
        turn.say(in_other, wanted=wanted, there=spell_form(best.format, turn.language))
    else:
        turn.say(in_none, wanted=wanted)


def _speak(turn: ActionTurn, response: str, offer: Offer) -> list[Event]:
    words = {
        "title": offer.title,
        "reason": offer.reason,
        "price": spell_price(offer.price, offer.currency, turn.language),
    }
    if offer.in_stock:
        turn.say(response, **words)
        return [SlotSet("question", "suggestion")]
    turn.say("utter_suggest_sold_out", **words)
    return offered("action_notify_when_back", product=offer.sku)


def _when_back(turn: ActionTurn, gone: Sequence[Offer]) -> list[dict[str, str]]:
    if not gone:
        return []
    only = {"sku": gone[0].sku} if len(gone) == 1 else None
    return [turn.choice("utter_choice_when_back", "notify_when_back", entities=only)]


def _card(offer: Offer) -> dict[str, Any]:
    return {
        "suggestion": str(offer.suggestion),
        "sku": offer.sku,
        "title": offer.title,
        "price": str(offer.price),
        "currency": offer.currency,
        "image": offer.image,
        "reason": offer.reason,
        "in_stock": offer.in_stock,
    }
