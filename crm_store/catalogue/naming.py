"""Which products a customer's words name: one for certain, or a few that may be meant."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductText
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.catalogue.vocabulary import folded

MOST_TERMS = 12
"""Words of a long story that are looked at."""
ALIKE = 80
"""From this likeness on, of 100, two words are taken for one that was misheard or inflected."""
SHORTEST_ALIKE = 4
"""Letters of the shortest word that may be misheard: "Wien" is not "Wein", "7" is not "9"."""
LONGEST_BEGINNING = 3
HALF = 0.5
CLEAR_OF_THE_NEXT = 0.2
NEARLY_AS_GOOD = 0.35
MOST_POSSIBLE = 3
_OF_ITS_MAKER = 0.25

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\S+@\S+")
_SUBTITLE = re.compile(r"(?:[:.–]|\s-)\s")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a text names."""

    said: bool
    """Whether anything in it could be the name of a product at all."""
    certain: Product | None = None
    possible: tuple[Product, ...] = ()
    """Where none is certain: those that may be meant, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    product: Product
    said: float
    """Of the words that were said, the share that the product bears."""
    whole: float
    """Of the title's own words, the share that was said."""
    main: float
    """The same without a subtitle, which few people say."""
    named: bool
    """Whether any word of the title was said, and not only its number."""
    by_maker: bool
    """Whether its maker was named as well."""

    @property
    def total(self) -> float:
        return self.said + (self.whole + self.titled) / 2 + (_OF_ITS_MAKER if self.by_maker else 0)

    @property
    def titled(self) -> float:
        return max(self.whole, self.main)

    @property
    def possible(self) -> bool:
        # In a long story the name is a small part of what is said.
        return self.named and (self.whole == 1 or (self.said >= HALF and self.titled > 0))

    @property
    def certain(self) -> bool:
        return self.possible and (self.whole == 1 or self.said == 1)


async def named_in(text: str, language: Language, store: CatalogueRepository) -> Naming:
    """Return what a text names, by number or by title, in whichever language it is said."""
    numbered = await store.by_sku_like(re.findall(r"[\w./-]+", text))
    if len(numbered) == 1:
        return Naming(said=True, certain=numbered[0])
    terms = telling(text)
    if not terms:
        return Naming(said=False)
    naming = _judged(await store.worded(terms), terms, language)
    if naming.certain or naming.possible:
        return naming
    # Nothing has the words as they are: they may be misspelt, or misheard.
    begun = [term[:LONGEST_BEGINNING] for term in terms if len(term) > LONGEST_BEGINNING]
    return _judged(await store.begun(begun), terms, language)


def one_of(products: Sequence[Product], text: str) -> Product | None:
    """Return the one among a few that the words tell from the others: "the film, please"."""
    if not products:
        return None
    said = [folded(term) for term in telling(text)]
    ranked = sorted((_likeness(product, said) for product in products), key=lambda one: -one.total)
    clear = [one for one in ranked if ranked[0].total - one.total < CLEAR_OF_THE_NEXT]
    meant = len(clear) == 1 and max(clear[0].said, clear[0].titled) >= HALF
    return clear[0].product if meant else None


def telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that may name a product, with their accents.

    Mere numbers name none: "the second", "two of them".
    """
    words = [figure(word) for word in _WORD.findall(_ADDRESS.sub(" ", text.casefold()))]
    told = dict.fromkeys(word for word in words if folded(word) not in _written().filler)
    return tuple(told)[:MOST_TERMS] if any(not word.isdigit() for word in told) else ()


def _judged(products: Iterable[Product], terms: Sequence[str], language: Language) -> Naming:
    said = [folded(term) for term in terms]
    likenesses = [_likeness(product, said) for product in products]
    possible = [one for one in likenesses if one.possible]
    ranked = sorted(possible, key=lambda one: (-one.total, one.product.title(language)))
    if not ranked:
        return Naming(said=True)
    best, *others = ranked
    clear = not others or best.total - others[0].total >= CLEAR_OF_THE_NEXT
    if best.certain and clear:
        return Naming(said=True, certain=best.product)
    near = [one for one in ranked if best.total - one.total <= NEARLY_AS_GOOD]
    return Naming(said=True, possible=tuple(one.product for one in near[:MOST_POSSIBLE]))


def _likeness(product: Product, said: Sequence[str]) -> _Likeness:
    return max((_in_one_text(product, t, said) for t in product.texts), key=lambda one: one.total)


def _in_one_text(product: Product, text: ProductText, said: Sequence[str]) -> _Likeness:
    maker = _words(product.creator or "")
    title, main = _words(text.title), _words(_SUBTITLE.split(text.title)[0])
    borne = [*title, *_words(text.facets)]
    # A number that it does not bear may be how many are wanted.
    counted = [word for word in said if not word.isdigit() or word in borne]
    return _Likeness(
        product,
        said=_share(counted, borne),
        whole=max(_share(title, said), _share(_without(title, maker), said)),
        main=_share(_without(main, maker), said),
        named=_share([word for word in said if not word.isdigit()], title) > 0,
        by_maker=any(_alike(word, name) for name in maker[-1:] for word in said),
    )


def _without(words: Sequence[str], others: Sequence[str]) -> list[str]:
    return [word for word in words if word not in others]


def _share(words: Sequence[str], among: Sequence[str]) -> float:
    """Return how many of some words, of 1, are found among others."""
    if not words:
        return 0.0
    return sum(any(_alike(word, other) for other in among) for word in words) / len(words)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_ALIKE or one.isdigit() or other.isdigit():
        return False
    return fuzz.ratio(one, other) >= ALIKE


def _words(text: str) -> list[str]:
    words = dict.fromkeys(figure(word) for word in _WORD.findall(folded(text)))
    return [word for word in words if word not in _written().filler] or list(words)


def figure(word: str) -> str:
    """Return a number that was said as a word in figures; any other word as it is."""
    return _written().numerals.get(folded(word), word)


@dataclass(frozen=True, slots=True)
class _Written:
    filler: frozenset[str]
    numerals: Mapping[str, str]


@cache
def _written() -> _Written:
    text = files("crm_store.catalogue").joinpath("naming.toml").read_text("utf-8")
    written = tomllib.loads(text)
    return _Written(
        filler=frozenset(_split(written["filler"].values())),
        numerals={
            word: number for number, words in written["number"].items() for word in _split([words])
        },
    )


def _split(texts: Iterable[str]) -> Iterator[str]:
    return (folded(word) for text in texts for word in text.split())
