"""What the customer was about, in one line for whoever takes over."""

from collections.abc import Iterator

from actions.base import ActionTurn
from actions.frames import Frame, under_way
from actions.resume_errand import title_of
from actions.wording import has_wording
from crm_store.catalogue.repository import CatalogueRepository

MOST_LETTERS = 80
"""Of one thing that was given: a long one is in the conversation anyway."""


async def note_for_desk(turn: ActionTurn, *, beside: str | None = None) -> str | None:
    """Return what is under way, beside one errand, and what is known of it.

    It is in the customer's language, and calls products by their titles: it is read out, too.
    """
    open_errands = [
        await _told(turn, frame)
        for frame in reversed(under_way(turn))
        if frame.errand != beside and has_wording(turn.domain, title_of(frame.errand))
    ]
    return " ".join(open_errands) or None


async def _told(turn: ActionTurn, frame: Frame) -> str:
    errand = turn.wording(title_of(frame.errand))
    known = list(_given(frame.given))
    if not known:
        return turn.wording("utter_note_open", errand=errand)
    products = await CatalogueRepository(turn.session).by_sku(known)
    given = ", ".join(
        products[one].title(turn.language) if one in products else one for one in known
    )
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
