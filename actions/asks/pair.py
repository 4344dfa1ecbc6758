"""Which two products are to be compared."""

import re
from collections.abc import Sequence
from typing import Final

from actions.asks.ask import Ask
from actions.base import ActionTurn
from actions.products import at_place, skus_on_table
from crm_store.base import Json
from crm_store.catalogue.naming import named_in, telling
from crm_store.catalogue.repository import CatalogueRepository

BETWEEN: Final = re.compile(
    r"\s+(?:und|oder|and|or|versus|vs\.?|gegenüber|gegen|over|than|from|vom?|to|mit|with|dem|der)\s+"
    r"|,\s*",
    re.IGNORECASE,
)
PAIR: Final = 2
MOST_ON_TABLE: Final = 3


class PairAsk(Ask):
    """Two products, named in one sentence, one after the other, or pointed at.

    What is kept is a list of two numbers. One that was named alone waits beside the answer.
    """

    takes = frozenset({"state_interest", "accept_suggestion", "ask_price", "greet"})
    entities = frozenset({"position"})

    async def known(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return the two that were suggested last, if they are only two and none was named."""
        table = skus_on_table(turn)
        return table if len(table) == PAIR and not self._first(given) else None

    async def overheard(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return the two that the words name; of one, remember it."""
        named = [*self._first(given), *_pointed_at(turn), *await _named(turn)]
        named = list(dict.fromkeys(named))
        if len(named) >= PAIR:
            return named[-PAIR:]
        if named:
            given[self._first_key] = named[0]
        return None

    async def heard(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return the two, now that the answer names what was missing."""
        return await self.overheard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask for both, or for the other one."""
        first = self._first(given)
        product = await CatalogueRepository(turn.session).find(first[0]) if first else None
        if product is None:
            turn.say(self.response)
        else:
            turn.say("utter_compare_with_what", title=product.title(turn.language))

    def _first(self, given: Json) -> list[str]:
        first = given.get(self._first_key)
        return [first] if first else []

    @property
    def _first_key(self) -> str:
        return f"{self.name}_first"


async def _named(turn: ActionTurn) -> Sequence[str]:
    """Return what is named for certain, each in its part of the sentence."""
    if turn.chosen:
        return []
    store = CatalogueRepository(turn.session)
    namings = [
        await named_in(part, turn.language, store)
        for part in BETWEEN.split(turn.text)
        if telling(part)
    ]
    certain = [naming.certain.sku for naming in namings if naming.certain]
    if certain:
        return certain
    whole = await named_in(turn.text, turn.language, store)
    return [product.sku for product in whole.possible] if len(whole.possible) == PAIR else []


def _pointed_at(turn: ActionTurn) -> list[str]:
    table = skus_on_table(turn)[:MOST_ON_TABLE]
    places = [at_place(place, table) for place in turn.entities("position")]
    return [sku for sku in places if sku is not None]
