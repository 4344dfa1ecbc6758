"""A product that might be suggested, with what speaks for it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

_SMOOTHING = 60
"""Of reciprocal rank fusion, as in Cormack, Clarke and Büttcher (SIGIR 2009)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the ranking knows of a product."""

    product: UUID
    sku: str
    kind: str
    creator: str | None
    genre: str | None
    era: str | None
    country: str | None
    city: str | None
    subjects: tuple[str, ...]
    title: str
    price: Decimal
    currency: str
    stock: int
    image: str | None
    near: float = 0.0
    """Cosine of the wish and the best of the product's texts; 0 where there is no vector."""
    dense_place: int | None = None
    word_place: int | None = None

    @property
    def fused(self) -> float:
        """How well search by meaning and by words agree on it: from 0 to 1."""
        places = [place for place in (self.dense_place, self.word_place) if place is not None]
        return sum((_SMOOTHING + 1) / (_SMOOTHING + place) for place in places) / 2
