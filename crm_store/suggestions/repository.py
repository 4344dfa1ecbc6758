"""Every query of the suggestions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from pgvector import HalfVector
from sqlalchemy import ColumnElement, Row, TextClause, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.base import Language
from crm_store.catalogue.encoders import Placed, Vectors
from crm_store.catalogue.models import Product, ProductText, ProductVector, VectorSpace
from crm_store.catalogue.space_repository import SERVING
from crm_store.catalogue.vocabulary import Facet, folded
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.suggestions import conditions, queries, words
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.models import DIALOGUE, Outcome, Place, Suggestion
from crm_store.suggestions.names import CatalogueNames, family_name
from crm_store.suggestions.wish import Found, Wish

_SUBJECTS = [field.name for field in fields(Candidate)].index("subjects")
ALONE = 10_000
"""Texts that words may bring in where the encoder failed and nothing else finds any."""


@dataclass(frozen=True, slots=True)
class DeskSuggestion:
    """A suggestion as an agent sees it, with the product as it is now."""

    suggestion: Suggestion
    product: Product


@dataclass(frozen=True, slots=True)
class Seen:
    """What was suggested to somebody before."""

    declined: frozenset[UUID]
    """Products, ever or here."""
    shown: frozenset[UUID]
    """Products, here."""
    left: bool
    """Whether anything that was shown here, at this place, has had no outcome yet."""


_NOT_READ_YET = {"synchronize_session": False}
"""None of the rows has been read in the session that changes them."""


class SuggestionRepository:
    """Finds what may be suggested, and keeps what was."""

    def __init__(self, session: AsyncSession, language: Language) -> None:
        self._session = session
        self._language = language

    async def plan(self) -> None:
        """Have the searches of this transaction planned as suits them."""
        await self._session.execute(queries.PLANNED)

    async def names(self) -> CatalogueNames:
        """Return every name in the catalogue with the number of its products."""
        creators = await self._counted(Product.creator)
        return CatalogueNames(
            creators=creators,
            subjects=await self._counted(func.unnest(Product.subjects)),
            cities=await self._counted(Product.city),
            countries=await self._counted(Product.country),
            terms={
                **await self._terms(Facet.kind, Product.kind),
                **await self._terms(Facet.form, Product.format),
                **await self._terms(Facet.genre, Product.genre),
                **await self._terms(Facet.era, Product.era),
            },
            texts=await self._texts_with(filter(None, map(family_name, creators))),
        )

    async def counted_at(self) -> datetime | None:
        """Return when the catalogue was counted, as after each import; None if it never was."""
        counted: datetime | None = await self._session.scalar(queries.COUNTED_AT)
        return counted

    async def owned(self, customer_id: UUID) -> set[UUID]:
        """Return what a customer has bought and kept."""
        rows = await self._session.scalars(
            select(OrderLine.product_id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.customer_id == customer_id,
                Order.state.not_in([OrderState.cancelled, OrderState.returned]),
                OrderLine.product_id.is_not(None),
            )
        )
        return {product for product in rows if product is not None}

    async def seen(self, to: Audience, place: Place) -> Seen:
        """Return what was suggested here before, and what they have declined anywhere."""
        here = _here(to)
        theirs = or_(here, Suggestion.customer_id == to.customer) if to.customer else here
        declined = theirs & (Suggestion.outcome == Outcome.declined)
        # What an agent alone has seen was shown to nobody.
        shown = here & (Suggestion.place != Place.desk)
        left = here & (Suggestion.place == place) & (Suggestion.outcome == Outcome.shown)
        rows = await self._session.execute(
            select(
                Suggestion.product_id,
                declined.label("declined"),
                shown.label("shown"),
                left.label("left"),
            ).where(or_(declined, shown, left))
        )
        found = rows.all()
        return Seen(
            declined=frozenset(row.product_id for row in found if row.declined),
            shown=frozenset(row.product_id for row in found if row.shown),
            left=any(row.left for row in found),
        )

    async def candidates(
        self,
        terms: Sequence[str],
        vector: Vectors | None,
        *,
        model: str,
        found: Found,
        subjects: Sequence[str],
        kinds: Sequence[str],
        without: Iterable[UUID],
        filters: Filters,
    ) -> list[Candidate]:
        """Return products near the wish by meaning or words, and those that bear its names.

        The kinds are those that few products are of: each of them is looked at.
        """
        return await self._candidates(
            queries.wished(model, vector, filters),
            words=" ".join(terms),
            most_matches=words.MOST_MATCHES if vector is not None else ALONE,
            creators=list(found.creators),
            subjects=[*found.creators, *subjects],
            cities=list(found.cities),
            genres=list(found.genres),
            eras=list(found.eras),
            kinds=list(kinds),
            without=list(without),
            **conditions.values(filters),
            vector=vector,
        )

    async def neighbours(
        self,
        vector: Vectors | None,
        *,
        model: str,
        kinds: Iterable[str],
        subjects: Iterable[str],
        genres: Iterable[str],
        eras: Iterable[str],
        cities: Iterable[str],
        countries: Iterable[str],
        without: Iterable[UUID],
        filters: Filters,
    ) -> list[Candidate]:
        """Return products of these kinds that share a theme, a sort or a place."""
        return await self._candidates(
            queries.neighbouring(model, vector, filters),
            kinds=list(kinds),
            subjects=list(subjects),
            genres=list(genres),
            eras=list(eras),
            cities=list(cities),
            countries=list(countries),
            without=list(without),
            **conditions.values(filters),
            vector=vector,
        )

    async def product(self, product_id: UUID) -> Candidate | None:
        """Return one product as the ranking sees it."""
        found = await self._candidates(queries.ONE, product=product_id, vector=None)
        return found[0] if found else None

    async def place_of(self, product_id: UUID, space: str | None) -> Placed | None:
        """Return where a product lies in a space, or in the one that serves; None if it does not.

        One row, of its text in this language if it has one.
        """
        serving = SERVING.with_only_columns(VectorSpace.model).scalar_subquery()
        row = (
            await self._session.execute(
                select(ProductVector.model, ProductVector.vector)
                .join(ProductText, ProductText.id == ProductVector.text_id)
                .where(
                    ProductText.product_id == product_id,
                    ProductVector.model == (serving if space is None else space),
                )
                .order_by((ProductText.language == self._language).desc())
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return None
        return Placed(row.model, np.asarray([row.vector], dtype=np.float32))

    async def pass_over(self, to: Audience, place: Place, *, at: datetime) -> list[UUID]:
        """Call ignored what they were shown at a place and left; return which that was."""
        ignoring = (
            update(Suggestion)
            .where(_here(to), Suggestion.place == place, Suggestion.outcome == Outcome.shown)
            .values(outcome=Outcome.ignored, decided_at=at)
            .returning(Suggestion.id)
        )
        return list(await self._session.scalars(ignoring, execution_options=_NOT_READ_YET))

    async def hold(self, conversation_id: UUID) -> None:
        """Let one transaction at a time suggest at the desk for a conversation.

        The conversation itself stays free: its customer may be writing.
        """
        key = func.hashtextextended(f"desk suggestions {conversation_id}", 0)
        await self._session.execute(select(func.pg_advisory_xact_lock(key)))

    async def shown_at_desk(self, wish: Wish) -> Sequence[DeskSuggestion]:
        """Return what agents are shown for this wish, and is in stock or welcome if it is not."""
        rows = await self._session.execute(
            select(Suggestion, Product)
            .join(Product, Product.id == Suggestion.product_id)
            .where(
                Suggestion.conversation_id == wish.conversation,
                Suggestion.place == Place.desk,
                Suggestion.outcome.in_([Outcome.shown, Outcome.accepted, Outcome.declined]),
                Suggestion.derivation["wish"].astext == wish.words,
                or_(
                    Product.stock > 0,
                    Suggestion.derivation["filters"]["sold_out"].as_boolean(),
                ),
            )
            .order_by(Suggestion.rank)
            .options(selectinload(Product.texts))
        )
        return [
            DeskSuggestion(suggestion, product)
            for suggestion, product in rows
            if suggestion.derivation["like"] == (str(wish.like) if wish.like else None)
        ]

    async def held(self, suggestion_id: UUID) -> Suggestion | None:
        """Return a suggestion that was shown outside the dialogue, locked for its outcome."""
        found: Suggestion | None = await self._session.scalar(
            select(Suggestion)
            .where(Suggestion.id == suggestion_id, Suggestion.place.not_in(DIALOGUE))
            .with_for_update()
        )
        return found

    def add(self, suggestion: Suggestion) -> None:
        """Write down that a product was shown."""
        self._session.add(suggestion)

    async def decide(
        self,
        conversation_id: UUID,
        outcome: Outcome,
        *,
        at: datetime,
        which: Sequence[UUID] | None = None,
    ) -> list[UUID]:
        """Give suggestions of the dialogue that are still open their outcome; return which."""
        deciding = (
            update(Suggestion)
            .where(
                Suggestion.conversation_id == conversation_id,
                Suggestion.place.in_(DIALOGUE),
                Suggestion.outcome == Outcome.shown,
            )
            .values(outcome=outcome, decided_at=at)
            .returning(Suggestion.id)
        )
        if which is not None:
            deciding = deciding.where(Suggestion.id.in_(which))
        return list(await self._session.scalars(deciding))

    async def _counted(self, column: Any) -> dict[str, int]:
        counted = select(column.label("name"), func.count().label("products")).group_by("name")
        rows = await self._session.execute(counted)
        return {name: count for name, count in rows if name}

    async def _terms(self, facet: Facet, column: Any) -> dict[tuple[Facet, str], int]:
        counted = await self._counted(column)
        return {(facet, folded(key)): count for key, count in counted.items()}

    async def _texts_with(self, names: Iterable[str]) -> dict[str, int]:
        """Return in how many texts each name stands as a word, in the language with most."""
        rows = await self._session.execute(
            queries.TEXTS_WITH, {"names": [name.casefold() for name in names]}
        )
        return {row.name: row.texts for row in rows}

    async def _candidates(
        self, query: TextClause, *, vector: Vectors | None, **values: Any
    ) -> list[Candidate]:
        if vector is not None:
            values["vector"] = HalfVector(vector)
        rows = await self._session.execute(query, {**values, "language": self._language.value})
        return [_candidate(row) for row in rows]


def _here(to: Audience) -> ColumnElement[bool]:
    """Return the condition of what was suggested where this is: to them, or to this browser."""
    if to.conversation is not None:
        return Suggestion.conversation_id == to.conversation.id
    return Suggestion.conversation_id.is_(None) & or_(
        Suggestion.customer_id == to.customer if to.customer else false(),
        Suggestion.visitor == to.visitor if to.visitor else false(),
    )


def _candidate(row: Row[Any]) -> Candidate:
    facts = list(row)
    facts[_SUBJECTS] = tuple(facts[_SUBJECTS])
    return Candidate(*facts)
