"""Which product is meant: by title, by number, by place, or because it was just spoken of."""

from collections.abc import Sequence
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.products import pointed_at, product_choice, skus_on_table, told_apart
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.catalogue.naming import named_in, one_of, telling
from crm_store.catalogue.repository import CatalogueRepository

MOST_CHOICES: Final = 3
NO_NAME: Final = frozenset({"affirm", "deny"})


class ProductAsk(Ask):
    """One product of the catalogue, in stock or not; what is kept is its sku.

    "It" is the product spoken of last, else the only one suggested last. Where several may be
    meant they are on offer, and kept beside the answer (`<name>_among`) for "the second".
    """

    takes = frozenset({"state_interest", "accept_suggestion", "place_order", "greet"})
    entities = frozenset({"position"})

    def __init__(
        self,
        name: str = "product",
        response: str = "utter_product_ask",
        *,
        which: str = "utter_product_which",
        unknown: str = "utter_product_unknown",
        none: str = "utter_product_not_found",
        remembers: bool = True,
    ) -> None:
        super().__init__(name, response)
        self._which = which
        self._unknown = unknown
        self._none = none
        self._remembers = remembers

    def words(self, turn: ActionTurn) -> str:
        """Return the part of what was said in which the product is named."""
        return turn.text

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the product spoken of last, unless the words name something else."""
        if not self._remembers or self._among(given) or self._names_something(turn):
            return None
        table = skus_on_table(turn)
        only = table[0] if len(table) == 1 else None
        return turn.slot("product") or only

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the product that the words name for certain."""
        pointed = await pointed_at(turn, self._among(given) or skus_on_table(turn))
        if pointed is not None or not self._names_something(turn):
            return pointed
        naming = await named_in(self.words(turn), turn.language, CatalogueRepository(turn.session))
        if naming.certain is not None:
            return naming.certain.sku
        if self.name not in given:
            given[self._among_key] = [product.sku for product in naming.possible]
            given[self._missed_key] = not naming.possible
        return None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the product that the answer names; a yes takes the only one on offer."""
        offered = await self._offered(turn, given)
        if turn.intent == "affirm" and len(offered) == 1:
            return offered[0].sku
        named = await self.overheard(turn, given)
        if named is not None or not self._names_something(turn):
            return named
        meant = one_of(offered, self.words(turn))
        return None if meant is None else meant.sku

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with those on offer that may be meant; give up on what is not sold here."""
        missed = given.pop(self._missed_key, False)
        offered = [] if missed else await self._offered(turn, given)
        if offered:
            self._offer(turn, offered)
        elif not missed:
            turn.say(self.response)
        elif again:
            raise Refused(self._none)
        else:
            turn.say(self._unknown)

    async def _offered(self, turn: ActionTurn, given: Json) -> Sequence[Product]:
        skus = self._among(given) or skus_on_table(turn)
        found = await CatalogueRepository(turn.session).by_sku(skus)
        return [found[sku] for sku in skus if sku in found][:MOST_CHOICES]

    def _offer(self, turn: ActionTurn, offered: Sequence[Product]) -> None:
        titles = told_apart(offered, turn)
        turn.say(
            self._which,
            titles=spell_list(titles, turn.language, style="or"),
            # A caller has just heard them.
            buttons=None
            if turn.on_phone
            else [
                product_choice(product, turn, called=title)
                for product, title in zip(offered, titles, strict=True)
            ],
        )

    def _among(self, given: Json) -> list[str]:
        return list(given.get(self._among_key) or ())

    @property
    def _among_key(self) -> str:
        return f"{self.name}_among"

    @property
    def _missed_key(self) -> str:
        return f"{self.name}_missed"

    def _names_something(self, turn: ActionTurn) -> bool:
        """Return whether the words themselves say what might be the name of a product."""
        said = not turn.chosen and turn.intent not in NO_NAME
        return said and bool(telling(self.words(turn)))
