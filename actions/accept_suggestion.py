"""I take that one."""

import json
from uuid import UUID

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.offers import offered
from actions.suggestions import meant, on_table, place_of
from actions.tracker import action_before, emptied, last_replies
from crm_store.suggestions.models import Outcome
from crm_store.suggestions.service import decide

ASKS_WHICH_ORDER = ("action_order_status",)


class ActionAcceptSuggestion(StoreAction):
    """Record which offer was wanted, and offer to order it; nothing is bought here."""

    action_name = "action_accept_suggestion"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take the offer that is named, else the first; "the second" may be an order as well."""
        asked_by = action_before(turn.tracker) or ""
        order = _order_meant(turn) if asked_by in ASKS_WHICH_ORDER else None
        if order is not None:
            return [SlotSet("order_number", order), FollowupAction(asked_by)]
        place = meant(turn)
        if place is None:
            turn.say("utter_suggest_ask_interest")
            return [SlotSet("question", "interest")]
        return await _accept(turn, place)


async def _accept(turn: ActionTurn, place: int) -> list[Event]:
    offer = on_table(turn)[place]
    wanted = [UUID(offer["suggestion"])]
    await decide(turn.session, turn.conversation.id, Outcome.accepted, wanted, at=turn.at)
    turn.say("utter_suggestion_accepted", title=offer["title"])
    return [
        *emptied("suggested"),
        SlotSet("product", offer["sku"]),
        *offered("action_place_order", product=offer["sku"]),
    ]


def _order_meant(turn: ActionTurn) -> str | None:
    """Return the order on offer that the customer points at by its place."""
    buttons = [
        button
        for reply in last_replies(turn.tracker)
        for button in (reply.get("data") or {}).get("buttons") or []
    ]
    numbers = [_order_of(button["payload"]) for button in buttons]
    place = place_of(turn, len(numbers))
    return None if place is None else numbers[place]


def _order_of(payload: str) -> str | None:
    _, brace, entities = payload.partition("{")
    number = json.loads(brace + entities).get("order_number") if brace else None
    return str(number) if number else None
