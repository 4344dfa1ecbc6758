"""What the customer was about, in one line for whoever takes over."""

from collections.abc import Iterator

from actions.base import ActionTurn
from actions.frames import Frame, under_way
from actions.resume_errand import title_of
from actions.wording import has_wording

MOST_LETTERS = 80
"""Of one thing that was given: a long one is in the conversation anyway."""


def note_for_desk(turn: ActionTurn, *, beside: str | None = None) -> str | None:
    """Return what is under way, beside one errand, and what is known of it.

    It is in the customer's language.
    """
    open_errands = [
        _told(turn, frame)
        for frame in reversed(under_way(turn))
        if frame.errand != beside and has_wording(turn.domain, title_of(frame.errand))
    ]
    return " ".join(open_errands) or None


def _told(turn: ActionTurn, frame: Frame) -> str:
    errand = turn.wording(title_of(frame.errand))
    given = ", ".join(_given(frame.given))
    if not given:
        return turn.wording("utter_note_open", errand=errand)
    return turn.wording("utter_note_open_given", errand=errand, given=given)


def _given(value: object) -> Iterator[str]:
    match value:
        case bool() | None | "":
            return
        case str() | int() | float():
            yield str(value)[:MOST_LETTERS]
        case dict():
            yield from _given(list(value.values()))
        case list():
            for inner in value:
                yield from _given(inner)
