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
_DOUBTS: Final = frozenset(
    (
        *("vielleicht", "eventuell", "womöglich", "möglicherweise", "jein"),
        *("maybe", "perhaps", "possibly"),
    )
)
_PAUSES: Final = ("äh", "ähm", "um", "uh", "er", "erm")
_FILLERS: Final = frozenset((*_PAUSES, "hm", "hmm", "hmmm", "tja", "naja", "well"))
_SIGHS: Final = frozenset((*_PAUSES, "ach", "och", "oh", "ah"))
_WORD: Final = re.compile(r"\w+")


def says_yes(turn: ActionTurn) -> bool:
    """Return whether the customer agrees; to hesitate is not to agree."""
    words = _words(turn)
    if _hesitates(words):
        return False
    return turn.intent == "affirm" or (turn.intent != "deny" and _first(words) in _YES)


def says_no(turn: ActionTurn) -> bool:
    """Return whether the customer refuses."""
    return turn.intent == "deny" or (turn.intent != "affirm" and _first(_words(turn)) in _NO)


def _hesitates(words: list[str]) -> bool:
    said = set(words)
    return bool(said & _DOUBTS) or (bool(said) and said <= _FILLERS)


def _words(turn: ActionTurn) -> list[str]:
    return _WORD.findall(turn.text.casefold())


def _first(words: list[str]) -> str:
    """Return the first word that says something: "ach nein" says no."""
    return next((word for word in words if word not in _SIGHS), words[0] if words else "")
