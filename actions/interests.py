"""How interests are called to the customer whose they are."""

from collections.abc import Iterable
from typing import Final

from actions.base import ActionTurn
from crm_store.customers.models import InterestSource
from crm_store.interests.liking import Liking

_HOW: Final = {
    InterestSource.viewed: "utter_interest_viewed",
    InterestSource.asked: "utter_interest_asked",
    InterestSource.bought: "utter_interest_bought",
    InterestSource.returned: "utter_interest_returned",
    InterestSource.inferred: "utter_interest_inferred",
}


def interest_called(liking: Liking, turn: ActionTurn) -> str:
    """Return what an interest is in and, unless the customer said it, how it became known."""
    words = liking.words(turn.language)
    if liking.strength < 0 and liking.interest.source is InterestSource.stated:
        return turn.wording("utter_interest_never", interest=words)
    how = _HOW.get(liking.interest.source)
    return turn.wording(how, interest=words) if how else words


def interests_called(likings: Iterable[Liking], turn: ActionTurn) -> list[str]:
    """Return what interests are called, each once."""
    return list(dict.fromkeys(interest_called(liking, turn) for liking in likings))
