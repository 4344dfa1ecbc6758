"""What is said of a product for search and for the encoder, drawn from what it is."""

from collections.abc import Iterable

from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductText
from crm_store.catalogue.vocabulary import Facet, vocabulary

_NOT_ITS_CONTENT = {Facet.kind, Facet.form}
LONGEST_DESCRIPTION = 300
"""Letters of a description that place a product: more tells little, and takes long to encode."""


def facets(product: Product, language: Language) -> str:
    """Return creator, format, genre, era, place and subjects in all words a search may use."""
    words = vocabulary()
    keyed = (words.searchable(facet, key, language) for facet, key in _keys(product) if key)
    return _joined([product.creator, *keyed, *_named(product, language)], " ")


def to_encode(product: Product, text: ProductText) -> str:
    """Return the text by which the product is placed among the others."""
    words = vocabulary()
    keyed = (
        words.called(facet, key, text.language)
        for facet, key in _keys(product)
        if key and facet not in _NOT_ITS_CONTENT
    )
    about = _joined([product.creator, *keyed, *_named(product, text.language)], ", ")
    said = text.description[:LONGEST_DESCRIPTION]
    return _joined([text.title, about, said], ". ")


def _keys(product: Product) -> list[tuple[Facet, str | None]]:
    return [
        (Facet.kind, product.kind.value),
        (Facet.form, product.format),
        (Facet.genre, product.genre),
        (Facet.era, product.era),
        (Facet.country, product.country),
    ]


def _named(product: Product, language: Language) -> list[str]:
    names = [product.city, *product.subjects]
    return [vocabulary().named(name, language) for name in names if name]


def _joined(parts: Iterable[str | None], between: str) -> str:
    return between.join(dict.fromkeys(part for part in parts if part))
