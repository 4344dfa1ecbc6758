"""Several wishes in one message: told apart here, for one to follow the other."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Parsed = Mapping[str, Any]
Parse = Callable[[str], Awaitable[Parsed]]

SUREST = 0.65
"""A part counts as a wish of its own only if it is understood at least so surely."""
FEWEST_WORDS = 6
MOST_PIECES = 6
BETWEEN = re.compile(
    r"(?<=[.!?;])\s+"
    r"|\s*,?\s+(?:und|and|außerdem|ausserdem|zudem|also|plus|then|dann)"
    r"(?:\s+(?:auch|noch|dann|außerdem|also|then|too))*\s+",
    re.IGNORECASE,
)

COURTESY = frozenset({"greet", "thank", "goodbye", "small_talk", "praise", "wait", "insult"})
ANSWERS = frozenset({"affirm", "deny", "inform", "correct"})
NO_WISH = (
    COURTESY
    | ANSWERS
    | {"in_distress", "out_of_scope", "nlu_fallback", "ask_help", "ask_identity"}
    | {"repeat", "slower", "rephrase", "go_back", "stop", "change_language", "ask_person"}
    | {"go_on_by_phone", "enter_chat_code"}
    | {"more_like_this", "something_else", "accept_suggestion", "decline_suggestion", "never_this"}
)

ONE_MATTER = (
    {
        *("ask_order_status", "list_orders", "report_missing", "report_damaged"),
        *("report_wrong_item", "return_item", "exchange_item", "request_refund"),
        *("ask_return_policy", "ask_return_status", "complain", "call_me_back"),
    },
    {"cancel_order", "remove_item", "change_order", "ask_cancellation_fee", "request_refund"},
    {"ask_order_status", "ask_delivery_time", "ask_delivery_options", "change_delivery_address"},
    {
        *("state_interest", "find_gift", "ask_price", "ask_availability", "place_order"),
        *("compare_products", "notify_when_back", "ask_voucher", "add_item"),
    },
    {"ask_invoice", "report_invoice_error", "report_payment_problem", "ask_payment_methods"},
    {
        *("login_problem", "identify", "create_account", "switch_account", "edit_account"),
        *("ask_my_data", "erase_my_data", "forget_interest"),
    },
    {"subscribe_newsletter", "unsubscribe_newsletter", "withdraw_consent", "give_consent"},
    {"unsubscribe_newsletter", "withdraw_consent", "erase_my_data"},
    {"change_email", "edit_account"},
    {"change_phone", "edit_account"},
    {"change_name", "edit_account"},
    {"set_pin", "remove_pin", "login_problem", "edit_account"},
    {"change_address", "change_delivery_address", "edit_account"},
)
"""Intents that people name in one breath for one matter: telling them apart would be pedantry."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a message, and what was understood of it."""

    text: str
    parsed: Parsed

    @property
    def intent(self) -> str:
        """What it means."""
        return str(self.parsed["intent"].get("name"))

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept of it until its turn comes."""
        named = [
            {"entity": entity["entity"], "value": entity["value"]}
            for entity in self.parsed.get("entities") or ()
        ]
        return {"text": self.text, "intent": dict(self.parsed["intent"]), "entities": named}

    @property
    def is_wish(self) -> bool:
        """Whether it surely asks for something."""
        return self._is_sure and self.intent not in NO_WISH

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may be in danger: nothing else that they say matters then."""
        return self._is_sure and self.intent == "in_distress"

    @property
    def _is_sure(self) -> bool:
        return float(self.parsed["intent"].get("confidence") or 0) >= SUREST


async def told_apart(text: str, whole: Parsed, parse: Parse) -> list[Part]:
    """Return the wishes of a message in their order; the message as it is where there is one."""
    one = [Part(text, whole)]
    pieces = [piece.strip() for piece in BETWEEN.split(text) if piece and piece.strip()]
    if len(text.split()) < FEWEST_WORDS or not 2 <= len(pieces) <= MOST_PIECES:
        return one
    heard = [Part(piece, await parse(piece)) for piece in pieces]
    urgent = next((part for part in heard if part.is_urgent), None)
    if urgent is not None:
        return [Part(text, urgent.parsed)]
    parts = _joined(heard)
    if len(parts) < 2:
        return one
    return [Part(part.text, await parse(part.text)) for part in parts]


def _joined(pieces: Sequence[Part]) -> list[Part]:
    """Join what belongs to one wish; a new part begins with a sure wish of another matter."""
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if _begins_anew(parts[-1], piece):
            parts.append(piece)
        else:
            parts[-1] = _extended(parts[-1], piece)
    return parts


def _begins_anew(before: Part, piece: Part) -> bool:
    follows = before.is_wish or before.intent in ANSWERS
    return follows and piece.is_wish and not _one_matter(before.intent, piece.intent)


def _one_matter(one: str, other: str) -> bool:
    return one == other or any({one, other} <= matter for matter in ONE_MATTER)


def _extended(part: Part, piece: Part) -> Part:
    meaning = part if part.is_wish or not piece.is_wish else piece
    return Part(f"{part.text} {piece.text}", meaning.parsed)
