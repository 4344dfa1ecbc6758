"""Which of the suggestions is never wanted again, or whose works altogether."""

import re
from collections.abc import Sequence
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.products import pointed_at, product_choice, skus_on_table, told_apart
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.catalogue.naming import telling
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.catalogue.vocabulary import folded

BY_CREATOR: Final = "by_creator"
"""Beside the answer: whether all of that creator's works are meant."""
SHORTEST: Final = 4
"""Letters of the shortest word of a title that tells it from others."""
_OF_THEM: Final = re.compile(
    r"\b(?:by (?:him|her|them|this|that|the same)|von (?:ihm|ihr|denen|diese[mnr])"
    r"|composers?|authors?|artists?|singers?|makers?|brands?|writers?|bands?"
    r"|komponist\w*|autor\w*|künstler\w*|sänger\w*|hersteller\w*|marken?|interpret\w*"
    r"|schriftsteller\w*)\b",
    re.IGNORECASE,
)


class UnwantedAsk(Ask):
    """The products that are meant, as a list of their numbers.

    By place, by title, by the name of who made them, or the only one that is spoken of.
    """

    takes = frozenset({"accept_suggestion", "state_interest", "decline_suggestion"})
    entities = frozenset({"position", "every", "sku"})

    async def known(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return the only one on the table, or what was spoken of last."""
        table = await _on_table(turn)
        if len(table) == 1:
            return [table[0].sku]
        made = {product.creator: product.sku for product in table if product.creator}
        return list(made.values()) if given.get(BY_CREATOR) and len(made) == 1 else None

    async def overheard(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return what the words point at or name."""
        table = await _on_table(turn)
        if not turn.chosen and _OF_THEM.search(turn.text):
            given[BY_CREATOR] = True
        pointed = await pointed_at(turn, [product.sku for product in table])
        if pointed is not None:
            return [pointed]
        if turn.entity("every") is not None and table:
            return [product.sku for product in table]
        return None if turn.chosen else _named(turn.text, table, given)

    async def heard(self, turn: ActionTurn, given: Json) -> list[str] | None:
        """Return what the answer points at or names."""
        return await self.overheard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with those on the table; without any there is nothing to ask about."""
        table = await _on_table(turn)
        if not table:
            raise Refused("utter_never_nothing")
        titles = told_apart(table, turn)
        choices = [
            product_choice(product, turn, called=title)
            for product, title in zip(table, titles, strict=True)
        ]
        turn.say(
            self.response,
            titles=spell_list(titles, turn.language, style="or"),
            buttons=None if turn.on_phone else choices,
        )


async def _on_table(turn: ActionTurn) -> Sequence[Product]:
    skus = skus_on_table(turn) or [str(sku) for sku in [turn.slot("product")] if sku]
    found = await CatalogueRepository(turn.session).by_sku(skus)
    return [found[sku] for sku in skus if sku in found]


def _named(text: str, table: Sequence[Product], given: Json) -> list[str] | None:
    said = {folded(word) for word in telling(text)}
    titled = [product.sku for product in table if said & _title(product)]
    if titled:
        return titled if len(titled) == 1 else None
    made = [product.sku for product in table if said.intersection(_family(product))]
    given[BY_CREATOR] = bool(made) or given.get(BY_CREATOR, False)
    return made[:1] or None


def _title(product: Product) -> set[str]:
    words = {folded(word) for text in product.texts for word in telling(text.title)}
    return {word for word in words if len(word) >= SHORTEST} - set(_family(product))


def _family(product: Product) -> Sequence[str]:
    return [folded(word) for word in re.findall(r"\w+", product.creator or "")][-1:]
