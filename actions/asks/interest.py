"""Which of their interests a customer means."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.interests import interest_called, interests_called
from crm_store.base import Json
from crm_store.catalogue.vocabulary import folded, vocabulary
from crm_store.interests.liking import Liking, alike
from crm_store.interests.repository import InterestRepository

EVERY: Final = "every"
"""What is kept where all interests are meant."""
MOST_OFFERED: Final = 3
OFFERED: Final = "interests_offered"
_ALL: Final = re.compile(
    r"\b(?:all(?: of)? (?:my|the|these|those|them)|everything|all interests|every interest"
    r"|my (?:taste|interests|preferences)|alles|sämtliche|alle|meine[n]? "
    r"(?:geschmack|interessen|vorlieben))\b",
    re.IGNORECASE,
)
_NO_INTEREST: Final = frozenset(
    (
        *("forget", "remember", "like", "love", "interest", "interests", "longer", "anymore"),
        *("vergessen", "vergiss", "merken", "mag", "liebe", "interesse", "interessen", "mehr"),
        *("delete", "remove", "löschen", "streichen", "that", "dass", "taste", "geschmack"),
    )
)


class InterestAsk(Ask):
    """One or several interests, by what they are in; what is kept is a list of their ids.

    "Everything" is kept as EVERY.
    """

    takes = frozenset({"state_interest", "accept_suggestion", "decline_suggestion"})
    entities = frozenset({"position", "every", "choice"})

    async def overheard(self, turn: ActionTurn, given: Json) -> list[str] | str | None:
        """Return what the words name, or all."""
        chosen = turn.entity("choice")
        if chosen is not None:
            return EVERY if chosen == EVERY else [str(chosen)]
        if turn.chosen:
            return None
        known = await likings_of(turn)
        named = [str(one.interest.id) for one in known if _names(one, turn.text, turn)]
        if named:
            return named
        return EVERY if known and _ALL.search(turn.text) else None

    async def heard(self, turn: ActionTurn, given: Json) -> list[str] | str | None:
        """Return what the answer names or points at."""
        named = await self.overheard(turn, given)
        if named is not None or turn.entity("position") is None:
            return named
        place, offered = int(turn.entity("position")), given.get(OFFERED, [])
        index = place if place < 0 else place - 1
        return [offered[index]] if -1 <= index < len(offered) else None

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with the strongest on offer; without any there is nothing to forget."""
        known = await likings_of(turn)
        if not known:
            raise Refused("utter_forget_nothing")
        offered = list({interest_called(one, turn): one for one in reversed(known)}.values())
        offered = offered[::-1][:MOST_OFFERED]
        given[OFFERED] = [str(one.interest.id) for one in offered]
        turn.say(
            self.response,
            interests=spell_list(interests_called(offered, turn), turn.language, style="or"),
            buttons=[_choice(turn, str(one.interest.id), one) for one in offered]
            + [turn.choice("utter_choice_every_interest", "inform", entities={"choice": EVERY})],
        )


async def likings_of(turn: ActionTurn) -> Sequence[Liking]:
    """Return what the proved customer likes and does not, the strongest first."""
    return await InterestRepository(turn.session).of(turn.conversation, at=turn.at)


def _choice(turn: ActionTurn, value: str, liking: Liking) -> dict[str, str]:
    return turn.choice(
        "utter_choice_interest",
        "inform",
        entities={"choice": value},
        interest=interest_called(liking, turn),
    )


def _names(liking: Liking, text: str, turn: ActionTurn) -> bool:
    borne = f"{liking.words(turn.language)} {liking.creator or ''}"
    said = _telling(text)
    return any(alike(word, other) for word in _telling(borne) for other in said)


def _telling(text: str) -> set[str]:
    words = {folded(word) for word in re.findall(r"\w+", text)}
    return {word for word in words if len(word) > 1} - vocabulary().filler - _folded(_NO_INTEREST)


def _folded(words: Iterable[str]) -> set[str]:
    return {folded(word) for word in words}
