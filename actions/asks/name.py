"""A person's name, of which one part alone may be new."""

from typing import Final

from actions.asks.ask import Ask, NotAnAnswer
from actions.base import ActionTurn
from actions.persons import PersonName, name_in, name_within
from crm_store.base import Json

MAY_SOUND_LIKE: Final = frozenset(
    {
        *("change_name", "identify", "create_account", "small_talk", "state_interest", "find_gift"),
        *("ask_identity", "ask_person", "more_like_this", "insult", "praise"),
    }
)
"""What a bare name is now and then taken for."""


class NameAsk(Ask):
    """What somebody is called; kept as {given, family}, a part that stays being null."""

    free = True
    takes = MAY_SOUND_LIKE

    def __init__(self, name: str, response: str, *, again: str, whole: bool = False) -> None:
        super().__init__(name, response, again=again)
        self._whole = whole
        """Whether both parts are needed, as for somebody new."""

    async def overheard(self, turn: ActionTurn, given: Json) -> dict[str, str | None] | None:
        """Return the name that the wish itself gives."""
        found = None if turn.chosen else name_within(turn.text)
        return self._kept(found) if found and (found.whole or not self._whole) else None

    async def heard(self, turn: ActionTurn, given: Json) -> dict[str, str | None] | None:
        """Return the name; where it is not plain which part a word is, say so."""
        if turn.intent in {"affirm", "deny"} or turn.chosen:
            return None
        found = name_in(turn.text)
        if found is None or (self._whole and not found.whole):
            raise NotAnAnswer("utter_name_both")
        return self._kept(found)

    def _kept(self, found: PersonName) -> dict[str, str | None]:
        return {"given": found.given, "family": found.family}
