"""One of a few answers, on offer as buttons and understood as words."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

from actions.asks.ask import Ask
from actions.base import ActionTurn
from crm_store.base import Json

LIKE_ENOUGH = 80


class ChoiceAsk(Ask):
    """One of a few values, each with the response that is its title.

    A value is chosen by its button, its place, an entity of the bot's, or words like its title.
    """

    def __init__(
        self,
        name: str,
        response: str,
        titles: Mapping[str, str],
        *,
        entity: str | None = None,
        again: str | None = None,
        takes: Iterable[str] = (),
    ) -> None:
        super().__init__(name, response, again=again)
        self._titles = titles
        self._entity = entity
        self.takes = frozenset({"accept_suggestion", *takes})  # type: ignore[misc] # its own

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the value that the bot has found as an entity."""
        found = turn.entity(self._entity) if self._entity else None
        return str(found) if found in self._titles else None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the value that is named, pointed at, or nearly said."""
        chosen = turn.entity("choice")
        if chosen in self._titles:
            return str(chosen)
        return await self.overheard(turn, given) or self._by_place(turn) or self._by_title(turn)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the values on offer."""
        turn.say(
            self.again if again else self.response,
            buttons=[
                turn.choice(title, "inform", entities={"choice": value})
                for value, title in self._titles.items()
            ],
        )

    def _by_place(self, turn: ActionTurn) -> str | None:
        place = turn.entity("position") or turn.entity("number")
        values = list(self._titles)
        if place is None or not str(place).lstrip("-").isdigit():
            return None
        index = int(place) if int(place) < 0 else int(place) - 1
        return values[index] if -1 <= index < len(values) else None

    def _by_title(self, turn: ActionTurn) -> str | None:
        titles = {value: turn.wording(title) for value, title in self._titles.items()}
        best = process.extractOne(
            turn.text,
            titles,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=LIKE_ENOUGH,
        )
        return None if best is None else str(best[2])
