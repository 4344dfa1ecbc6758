"""How many pieces are wanted, among all numbers that a sentence may hold."""

import re
from typing import Final

from actions.asks.ask import Ask
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.catalogue.naming import figure
from crm_store.catalogue.repository import CatalogueRepository

MOST: Final = 999
NAMED: Final = frozenset(
    {
        *("no", "nr", "nummer", "number", "in", "größe", "grösse", "size", "op", "opus", "band"),
        *("volume", "vol", "teil", "part", "artikelnummer", "item", "hp", "model", "modell", "ab"),
    }
)
"""Words before a number that names something rather than counting it."""
MEASURED: Final = frozenset(
    {
        *("gb", "tb", "cm", "mm", "m", "kg", "g", "ml", "l", "zoll", "inch", "inches", "watt", "w"),
        *("uhr", "jahre", "years", "tage", "days", "euro", "euros", "prozent", "percent"),
    }
)
"""Words after a number that measures."""
TIMES: Final = re.compile(r"\b(\d{1,3}|[a-zäöüß]+?)\s?(?:mal|times)\b", re.IGNORECASE)
ONLY_ONE: Final = re.compile(
    r"\b(?:nur|bloß|only|just)\s+(?:ein|eins|eine|einen|one)\b", re.IGNORECASE
)
"""Counts that are no numbers of their own: "zweimal", "only one"."""


class QuantityAsk(Ask):
    """How many pieces of the product that is known by then: one, unless another number is said."""

    def __init__(self, name: str = "quantity", *, product: str = "product") -> None:
        super().__init__(name, "utter_return_how_many")
        self._product = product

    async def known(self, turn: ActionTurn, given: Json) -> int | None:
        """Return one: whoever wants more says so."""
        return 1

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return a number that counts, unless it is part of the product's title."""
        numbers = [number for number in counting(turn) if 0 < number <= MOST]
        if not numbers:
            return None
        titled = await _numbers_in_title(turn, given.get(self._product))
        return next((number for number in numbers if number not in titled), None)

    async def heard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return the number."""
        return await self.overheard(turn, given)


def counting(turn: ActionTurn) -> list[int]:
    """Return the numbers that were said, without those that name or measure something."""
    times, one = TIMES.search(turn.text), ONLY_ONE.search(turn.text)
    if times and figure(times[1]).isdigit():
        return [int(figure(times[1]))]
    if one:
        return [1]
    numbers = [
        entity
        for entity in turn.tracker.latest_message.get("entities") or ()
        if entity["entity"] == "number" and str(entity["value"]).isdigit()
    ]
    return [int(number["value"]) for number in numbers if _counts(turn.text, number)]


def _counts(text: str, number: Json) -> bool:
    if "start" not in number:
        return True
    before = re.findall(r"\w+", text[: number["start"]].casefold())
    after = re.findall(r"\w+", text[number["end"] :].casefold())
    return not (before and before[-1] in NAMED) and not (after and after[0] in MEASURED)


async def _numbers_in_title(turn: ActionTurn, sku: str | None) -> set[int]:
    product = await CatalogueRepository(turn.session).find(sku) if sku else None
    titles = " ".join(text.title for text in product.texts) if product else ""
    return {int(number) for number in re.findall(r"\d{1,6}", titles)}
