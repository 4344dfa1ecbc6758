"""Ranks the catalogue against a wish: encode, search, then the rules of the mix."""

import asyncio
import logging
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from crm_store.catalogue.encoders import Encoder, Placed
from crm_store.catalogue.encoders.protocol import unit_rows
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.names import Names, search_terms
from crm_store.suggestions.ranking import Pick, distinct, kin, mixed
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.search import Search
from crm_store.suggestions.wish import Found, Understood, Wish

NAMES_KEPT_FOR = timedelta(minutes=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was looked with, what the wish names, and what answers it."""

    search: Search
    found: Found
    kin: list[Pick]


@dataclass(frozen=True, slots=True)
class _Names:
    names: Names
    counted: datetime | None
    """When the catalogue they are from was counted."""
    looked_up: datetime


class Matcher:
    """Finds what fits a wish, with the encoder it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._names: _Names | None = None

    @property
    def model(self) -> str:
        """The encoder's name, kept with each suggestion."""
        return self._encoder.name

    async def understand(self, wish: Wish) -> Understood:
        """Encode a wish's words; it takes a while, and no session should be open meanwhile."""
        if not wish.words:
            return Understood(wish, None)
        try:
            # In a thread: computing on the event loop would hold up every other customer.
            placed = await asyncio.to_thread(self._encoder.place, [wish.words], wish.language)
        except (RuntimeError, ValueError, OSError):
            # Words and names still find something, and a customer is waiting.
            logger.exception("the encoder failed; searching by words alone")
            return Understood(wish, None)
        return Understood(wish, placed)

    async def picks(
        self,
        store: SuggestionRepository,
        asked: Understood,
        *,
        without: AbstractSet[UUID],
        most: int,
        at: datetime,
    ) -> list[Pick]:
        """Return up to `most` products that fit, best first, none of those left out."""
        answer = await self.answer(store, asked, without=without, at=at)
        if answer is None:
            return []
        near = await answer.search.beside(distinct(answer.kin, most), answer.found)
        return mixed(answer.kin, near, most)

    async def answer(
        self,
        store: SuggestionRepository,
        asked: Understood,
        *,
        without: AbstractSet[UUID],
        at: datetime,
    ) -> Answer | None:
        """Return what answers a wish, best first; None where it asks for nothing at all."""
        wish = asked.wish
        names = await self._current_names(store, at)
        liked = await store.product(wish.like) if wish.like else None
        words = _words(wish, liked)
        found = _liking(names.found_in(wish.words), liked)
        if not found and not search_terms(words):
            return None
        placed = await _near(store, asked.placed, liked)
        search = Search(
            store,
            placed.space if placed else self.model,
            placed.vectors[0] if placed else None,
            names,
            without | {liked.product} if liked else without,
            wish.most_price,
        )
        candidates, found = await search.wished(words, found)
        return Answer(search, found, kin(candidates, found))

    async def _current_names(self, store: SuggestionRepository, at: datetime) -> Names:
        kept = self._names
        if kept is None or at - kept.looked_up > NAMES_KEPT_FOR:
            counted = await store.counted_at()
            if kept is None or counted is None or counted != kept.counted:
                # In a thread: a large catalogue has many names to sort in.
                names = await asyncio.to_thread(Names, await store.names())
            else:
                names = kept.names
            self._names = kept = _Names(names, counted, at)
        return kept.names


async def _near(
    store: SuggestionRepository, placed: Placed | None, liked: Candidate | None
) -> Placed | None:
    """Return where to look: by the words, by what is liked, or between both."""
    if liked is None:
        return placed
    place = await store.place_of(liked.product, placed.space if placed else None)
    if placed is None or place is None:
        return placed or place
    return Placed(placed.space, unit_rows(placed.vectors + place.vectors))


def _words(wish: Wish, liked: Candidate | None) -> str:
    parts = [wish.words, liked.title if liked else "", liked.creator if liked else ""]
    return " ".join(part for part in parts if part)


def _liking(found: Found, liked: Candidate | None) -> Found:
    """Return what the wish names, together with what the liked product stands for."""
    if liked is None:
        return found
    return replace(
        found,
        titles={liked.product: liked.title},
        creators=found.creators or ((liked.creator,) if liked.creator else ()),
        genres=found.genres or ((liked.genre,) if liked.genre else ()),
    )
