"""Products, what is said of them in each language, and where they lie among each other."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Computed, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.base import Language, Record, states
from crm_store.halves import Halves


class ProductKind(StrEnum):
    """The categories of the shop."""

    recording = "recording"
    score = "score"
    book = "book"
    travel_guide = "travel_guide"
    film = "film"
    other = "other"


class Product(Record):
    """Something that the shop sells."""

    __tablename__ = "products"
    __table_args__ = (
        Index(None, "subjects", postgresql_using="gin"),
        Index("ix_products_kind_genre", "kind", "genre"),
        Index("ix_products_kind_era", "kind", "era"),
    )

    sku: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ProductKind] = mapped_column(states(ProductKind))
    creator: Mapped[str | None] = mapped_column(index=True)
    format: Mapped[str | None] = mapped_column(index=True)
    """What it comes as (CD, paperback), by its key in the vocabulary, if the shop says it."""
    genre: Mapped[str | None]
    era: Mapped[str | None]
    country: Mapped[str | None] = mapped_column(index=True)
    city: Mapped[str | None] = mapped_column(index=True)
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    price: Mapped[Decimal]
    currency: Mapped[str]
    stock: Mapped[int]
    image: Mapped[str | None]
    texts: Mapped[list["ProductText"]] = relationship(
        lazy="raise", back_populates="product", cascade="all, delete-orphan"
    )

    def text(self, language: Language) -> "ProductText":
        """Return what is said of it in a language, or in another one if that is all there is."""
        return next((text for text in self.texts if text.language is language), self.texts[0])

    def title(self, language: Language) -> str:
        """Return what it is called in a language."""
        return self.text(language).title


# Names and facets weigh more than the description, whatever the language.
_SEARCHABLE = (
    "CASE language WHEN 'de' THEN"
    " setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', facets), 'B')"
    " || setweight(to_tsvector('german', description), 'C')"
    " ELSE"
    " setweight(to_tsvector('english', title), 'A')"
    " || setweight(to_tsvector('english', facets), 'B')"
    " || setweight(to_tsvector('english', description), 'C') END"
)


class ProductText(Record):
    """What a product is called and described as, in one language."""

    __tablename__ = "product_texts"
    __table_args__ = (
        UniqueConstraint("product_id", "language"),
        *(
            Index(
                f"ix_product_texts_searchable_{language}",
                "searchable",
                postgresql_using="gin",
                postgresql_where=text(f"language = '{language}'"),
            )
            for language in Language
        ),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id, ondelete="CASCADE"))
    language: Mapped[Language]
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    facets: Mapped[str] = mapped_column(Text, default="")
    """Creator, format, genre, era, place and subjects as words, for search."""
    searchable: Mapped[str] = mapped_column(TSVECTOR, Computed(_SEARCHABLE, persisted=True))
    product: Mapped[Product] = relationship(lazy="raise", back_populates="texts")


class ProductVector(Record):
    """Where a product's text lies in the space of one encoder."""

    __tablename__ = "product_vectors"
    __table_args__ = (UniqueConstraint("text_id", "model"),)

    text_id: Mapped[UUID] = mapped_column(ForeignKey(ProductText.id, ondelete="CASCADE"))
    model: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    """Of the text that was encoded: an unchanged text is not encoded again."""
    vector: Mapped[list[float]] = mapped_column(Halves())


class VectorSpace(Record):
    """An encoder's space; the one that was completed last serves."""

    __tablename__ = "vector_spaces"

    model: Mapped[str] = mapped_column(unique=True)
    dimensions: Mapped[int]
    complete_at: Mapped[datetime | None]
    """When every text of the shop was in it, for the first time since it was wanted."""
