"""What is wanted instead of something that goes back."""

import re
from collections.abc import Sequence
from typing import Final

from actions.asks.ask import OfferedInstead
from actions.asks.product import ProductAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository

INSTEAD: Final = re.compile(r"\b(?:gegen|durch|for|with|into)\b", re.IGNORECASE)
KNOWN_FOR_MONEY: Final[tuple[str, ...]] = ("order", "line", "quantity", "reason")
"""What need not be asked for again if it is to be money after all."""


class ReplacementAsk(ProductAsk):
    """The product that something is exchanged for.

    In a first sentence only what follows "for" is it: the rest names what goes back.
    """

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what the words name after "for", unless that is the item itself."""
        if turn.entity("sku") is None and INSTEAD.search(turn.text) is None:
            return None
        named = await super().overheard(turn, given)
        return None if named == given.get("line") else named

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what the answer names; the same again is an answer too."""
        return await super().overheard(turn, given) or await super().heard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with what is like it on offer; where nothing is, offer the money instead."""
        among, alike = self._among(given), await _alike(turn, given["line"])
        if not again and not among and not given.get(self._missed_key) and alike is not None:
            if not alike:
                known = {name: given[name] for name in KNOWN_FOR_MONEY if name in given}
                raise OfferedInstead(
                    "utter_exchange_nothing_like_it", "action_return_item", given=known
                )
            given[self._among_key] = [product.sku for product in alike]
            self._offer(turn, alike)
            return
        await super().put(turn, given, again=again)

    def words(self, turn: ActionTurn) -> str:
        """Return what follows the last "for", or else all of it."""
        return INSTEAD.split(turn.text)[-1]


async def _alike(turn: ActionTurn, sku: str) -> Sequence[Product] | None:
    """Return what is like an item and in stock; None for an item that is sold no more."""
    store = CatalogueRepository(turn.session)
    product = await store.find(sku)
    return None if product is None else await store.in_place_of(product)
