"""Which item of an order is meant: by title, by place, or because it has only one."""

import re
from collections.abc import Sequence
from typing import Final

from actions.asks.ask import Ask
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.products import at_place
from crm_store.base import Json
from crm_store.catalogue.models import Product, ProductText
from crm_store.catalogue.naming import one_of, telling
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.orders.models import OrderLine
from crm_store.orders.repository import OrderRepository

EVERY: Final = "*"
"""What is kept where all items are meant."""
MOST_CHOICES: Final = 3
_ALL: Final = re.compile(
    r"\b(?:alles|alle beide|beide[sn]?|komplett|everything|both|all of (?:it|them))\b",
    re.IGNORECASE,
)


class LineAsk(Ask):
    """One item of the order that is known by then; what is kept is its sku, or EVERY.

    `every` tells whether all items may be meant at once. Which items come into question at all,
    a subclass may say.
    """

    takes = frozenset({"accept_suggestion", "state_interest"})
    entities = frozenset({"position", "every"})

    def __init__(
        self,
        name: str = "line",
        response: str = "utter_line_which",
        *,
        every: bool = False,
        order: str = "order",
    ) -> None:
        super().__init__(name, response)
        self._every = every
        self._order = order

    async def lines(self, turn: ActionTurn, given: Json) -> Sequence[OrderLine]:
        """Return the items that may be meant."""
        orders = OrderRepository(turn.session)
        order = await orders.find(turn.conversation, at=turn.at, number=given[self._order])
        return order.lines

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the only item that there is, or the one that the first words have named."""
        lines = await self.lines(turn, given)
        return lines[0].sku if len(lines) == 1 else await self.overheard(turn, given)

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the item that the words name, once the order is known."""
        if self._order not in given:
            return None
        if self._every and _means_all(turn):
            return EVERY
        lines = await self.lines(turn, given)
        skus = [line.sku for line in lines]
        if turn.entity("sku") in skus:
            return str(turn.entity("sku"))
        return await self._titled(turn, lines)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the item that the answer names or points at."""
        named = await self.overheard(turn, given)
        if named is not None:
            return named
        skus = [line.sku for line in await self.lines(turn, given)]
        return at_place(turn.entity("position") or turn.entity("number"), skus)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with the first on offer, and all of them where that is possible."""
        offered = (await self.lines(turn, given))[:MOST_CHOICES]
        turn.say(
            self.response,
            titles=spell_list([line.title for line in offered], turn.language, style="or"),
            # A caller has just heard them.
            buttons=None if turn.on_phone else self._choices(turn, offered),
        )

    def _choices(self, turn: ActionTurn, offered: Sequence[OrderLine]) -> list[dict[str, str]]:
        choices = [
            turn.choice("utter_choice_line", "inform", entities={"sku": line.sku}, item=line.title)
            for line in offered
        ]
        if self._every:
            choices.append(turn.choice("utter_choice_every", "inform", entities={"choice": EVERY}))
        return choices

    async def _titled(self, turn: ActionTurn, lines: Sequence[OrderLine]) -> str | None:
        if turn.chosen or len(lines) < 2 or not telling(turn.text):
            return None
        sold = await CatalogueRepository(turn.session).by_sku(line.sku for line in lines)
        meant = one_of([sold.get(line.sku) or _as_sold(line) for line in lines], turn.text)
        return None if meant is None else meant.sku


def says_all(text: str) -> bool:
    """Return whether the words mean all there is: "both", "everything"."""
    return _ALL.search(text) is not None


def _means_all(turn: ActionTurn) -> bool:
    chosen = turn.entity("choice") == EVERY
    return chosen or bool(turn.entity("every")) or says_all(turn.text)


def _as_sold(line: OrderLine) -> Product:
    """Return what the catalogue has no longer, as far as the order still tells."""
    return Product(sku=line.sku, texts=[ProductText(title=line.title, facets="")])
