"""A yes or a no, also where it leads a longer sentence: "yes, cancel it"."""

import re
from typing import Final

from actions.base import ActionTurn

_YES: Final = frozenset(
    (
        *("ja", "jo", "joa", "jawohl", "jep", "genau", "richtig", "stimmt", "korrekt", "gern"),
        *("gerne", "yes", "yeah", "yep", "yup", "sure", "ok", "okay", "correct", "absolutely"),
    )
)
_NO: Final = frozenset(
    ("nein", "ne", "nee", "nö", "na", "nie", "keinesfalls", "no", "nope", "nah", "never")
)
_FIRST_WORD: Final = re.compile(r"\w+")


def says_yes(turn: ActionTurn) -> bool:
    """Return whether the customer agrees."""
    return turn.intent == "affirm" or (turn.intent != "deny" and _first(turn) in _YES)


def says_no(turn: ActionTurn) -> bool:
    """Return whether the customer refuses."""
    return turn.intent == "deny" or (turn.intent != "affirm" and _first(turn) in _NO)


def _first(turn: ActionTurn) -> str:
    found = _FIRST_WORD.search(turn.text.casefold())
    return found[0] if found else ""
