"""What is wanted instead of something that goes back."""

import re
from typing import Final

from actions.asks.product import ProductAsk
from actions.base import ActionTurn
from crm_store.base import Json

INSTEAD: Final = re.compile(r"\b(?:gegen|durch|for|with|into)\b", re.IGNORECASE)


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
        return await super().heard(turn, given) or await super().overheard(turn, given)

    def words(self, turn: ActionTurn) -> str:
        """Return what follows the last "for", or else all of it."""
        return INSTEAD.split(turn.text)[-1]
