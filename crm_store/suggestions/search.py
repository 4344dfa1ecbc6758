"""Looks into the catalogue for one wish."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from uuid import UUID

from crm_store.catalogue.encoders import Vectors
from crm_store.catalogue.models import ProductKind
from crm_store.suggestions.beside import Themes, neighbours
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.names import Names, search_terms
from crm_store.suggestions.ranking import Pick, likened, titles_in
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Found

COMMON = 500
"""A subject or kind of more products than this is left to the search, which ranks them."""


@dataclass(frozen=True, slots=True)
class Search:
    """What one wish looks with: its vector, the names to know, and what to leave out."""

    store: SuggestionRepository
    model: str
    vector: Vectors | None
    names: Names
    without: AbstractSet[UUID]
    filters: Filters = Filters()

    async def wished(self, words: str, found: Found) -> tuple[list[Candidate], Found]:
        """Return what may answer the wish, and what it names, titles now included.

        A title leads to its creator's other works, which a second look brings in.
        """
        candidates = await self._look(words, found)
        if found.creators or found.titles:
            return candidates, found
        titles = {
            product: title
            for product, title in titles_in(words, candidates).items()
            if not self.names.is_topic(title)
        }
        makers = {c.creator for c in candidates if c.product in titles and c.creator}
        if not makers:
            return candidates, found
        found = replace(found, titles=titles, creators=tuple(sorted(makers)))
        # Whoever wants something like it has had it.
        besides = self.without | set(titles) if likened(words, titles) else self.without
        return await replace(self, without=besides)._look(words, found), found

    async def beside(self, leading: list[Pick], found: Found) -> list[Pick]:
        """Return products of other kinds that share a theme or a place with the leading ones."""
        kin = [pick.candidate for pick in leading]
        if not kin:
            return []
        named = [pick.reason for pick in leading if pick.reason.named]
        themes = Themes.of(kin, found)
        near = await self.store.neighbours(
            self.vector,
            model=self.model,
            kinds=set(ProductKind) - {c.kind for c in kin[:2]},
            subjects={*found.creators, *self.names.rare(found.subjects, COMMON)}
            or {c.creator for c in kin if c.creator},
            genres=themes.genres,
            eras=themes.eras,
            cities=themes.places.cities,
            countries=themes.places.countries,
            without=self.without,
            filters=self.filters,
        )
        return neighbours(near, (named or [leading[0].reason])[0], themes)

    async def _look(self, words: str, found: Found) -> list[Candidate]:
        return await self.store.candidates(
            self.names.telling(search_terms(words)),
            self.vector,
            model=self.model,
            found=found,
            subjects=self.names.rare(found.subjects, COMMON),
            kinds=self.names.rare_kinds(found.kinds, COMMON),
            without=self.without,
            filters=self.filters,
        )
