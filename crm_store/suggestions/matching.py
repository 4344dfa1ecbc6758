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
from crm_store.suggestions.drawing import Drawn, drawn_from
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.names import Names, search_terms
from crm_store.suggestions.ranking import (
    Pick,
    answers,
    distinct,
    kin,
    likened,
    mixed,
    words_in_titles,
)
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
    missed: tuple[str, ...] = ()
    """The formats that were asked for and in which there is nothing of that."""
    liked: Candidate | None = None
    """The product that more of the like was wished for."""


@dataclass(frozen=True, slots=True)
class Picks:
    """What was chosen, and by which filters."""

    chosen: list[Pick]
    filters: Filters = Filters()
    missed: tuple[str, ...] = ()
    """The formats that were asked for, where all that was chosen comes in others."""
    liked: Candidate | None = None
    """The product that more of the like was wished for."""


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
        """Encode a wish's words; it takes a while, and no session should be open meanwhile.

        Words that only limit it are left out once the catalogue's names are known.
        """
        words = self._wished(wish)
        if not words:
            return Understood(wish, None)
        try:
            # In a thread: computing on the event loop would hold up every other customer.
            placed = await asyncio.to_thread(self._encoder.place, [words], wish.language)
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
        currency: str,
        at: datetime,
    ) -> Picks:
        """Return up to `most` products that fit, best first, none of those left out."""
        answer = await self.answer(store, asked, without=without, currency=currency, at=at)
        if answer is None:
            return Picks([])
        chosen = distinct(answer.kin, most)
        if not answer.missed:
            chosen = mixed(answer.kin, await answer.search.beside(chosen, answer.found), most)
        return Picks(chosen, answer.search.filters, answer.missed, answer.liked)

    async def answer(
        self,
        store: SuggestionRepository,
        asked: Understood,
        *,
        without: AbstractSet[UUID],
        currency: str,
        at: datetime,
    ) -> Answer | None:
        """Return what answers a wish, best first; None where it asks for nothing at all."""
        wish = asked.wish
        names = await self._current_names(store, at)
        drawn = drawn_from(wish.words, names, currency=currency)
        filters = _filters(wish, drawn)
        liked = await store.product(wish.like) if wish.like else None
        words = _words(drawn.rest, liked)
        found = _liking(names.found_in(drawn.rest), liked)
        if not found and not search_terms(words):
            if not filters.choose:
                return None
            # "What is there on vinyl?": the words of the filters are all there is.
            words = wish.words
        placed = await _near(store, asked.placed, liked)
        await store.plan()
        search = Search(
            store,
            placed.space if placed else self.model,
            placed.vectors[0] if placed else None,
            names,
            without | {liked.product} if liked else without,
            filters,
        )
        answer = await _answered(search, words, found)
        if not answer.kin and not found and filters.choose:
            answer = await _answered(search, wish.words, found)
        # Who asks for Verdi under ten euros wants nothing else that costs so little.
        honest = liked or not filters or answers(answer.kin, _meant(answer.found, words, search))
        return replace(answer, kin=answer.kin if honest else [], liked=liked)

    async def drawn(
        self, store: SuggestionRepository, text: str, *, currency: str, at: datetime
    ) -> Drawn:
        """Return what a text says of price, format and so on, and what else it says."""
        return drawn_from(text, await self._current_names(store, at), currency=currency)

    def _wished(self, wish: Wish) -> str:
        if self._names is None:
            return wish.words
        return drawn_from(wish.words, self._names.names, currency="").rest or wish.words

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


async def _answered(search: Search, words: str, found: Found) -> Answer:
    """Return what answers in the format that was asked for, or else in any, and then says so."""
    formats = search.filters.formats
    if not formats:
        candidates, found = await search.wished(words, found)
        return Answer(search, found, kin(candidates, found))
    anyway = replace(search, filters=search.filters.in_any_format())
    elsewhere, found_anyway = await anyway.wished(words, found)
    in_any = kin(elsewhere, found_anyway)
    candidates, found = await search.wished(words, found_anyway)
    in_format = kin(candidates, found)
    called = words_in_titles(in_any[:1], search.names.unknown(search_terms(words)))
    is_called_so = not called or words_in_titles(in_format, called)
    if is_called_so and answers(in_format, _meant(found, words, search)):
        return Answer(search, found, in_format)
    return Answer(anyway, found_anyway, in_any, missed=formats)


def _meant(found: Found, words: str, search: Search) -> Found:
    """Return what is named and meant itself, without that of which the like is wished for."""
    titles = {one: title for one, title in found.titles.items() if one not in search.without}
    return replace(found, titles={} if likened(words, titles) else titles)


def _filters(wish: Wish, drawn: Drawn) -> Filters:
    # What was liked long ago was perhaps wanted for twenty euros then.
    said = drawn.filters.only_what_is_refused() if wish.interests else drawn.filters
    return said.and_then(wish.filters)


def _words(said: str, liked: Candidate | None) -> str:
    parts = [said, liked.title if liked else "", liked.creator if liked else ""]
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
