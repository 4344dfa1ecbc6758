"""A product that might be suggested, with what speaks for it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


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
    format: str | None = None
    near: float = 0.0
    """Cosine of the wish and the best of the product's texts; 0 where there is no vector."""
    word: float = 0.0
    """How well its words fit, as a part of the best one's."""
    fused: float = 0.0
    """Fit of words and likeness of meaning together: from 0 to 1."""
