"""Words that add nothing to an answer."""

from functools import cache, lru_cache

from bot.entities.folding import folded
from bot.entities.lexicons import lexicon
from bot.entities.said import WORD, Said


def begins(said: Said, place: int) -> bool:
    """Tell whether nothing but small words are before this place."""
    return place <= _edges(said.whole)[0]


def stands_alone(said: Said, span: tuple[int, int]) -> bool:
    """Tell whether nothing but small words are around this stretch."""
    first, last = _edges(said.whole)
    return span[0] <= first and last <= span[1]


def is_small(text: str) -> bool:
    """Tell whether a text says nothing by itself."""
    return all(match[0] in small_words() for match in WORD.finditer(folded(text)))


@cache
def small_words() -> frozenset[str]:
    """Return the words; they are in plain form."""
    return frozenset(WORD.findall(" ".join(lexicon("small"))))


def may_follow(word: str) -> bool:
    """Tell whether this word, or none, goes on with a sentence and names no goods."""
    return not word or word in small_words() or word in _following()


@cache
def _following() -> frozenset[str]:
    return frozenset(WORD.findall(" ".join(lexicon("following"))))


@lru_cache(maxsize=1)
def _edges(whole: str) -> tuple[int, int]:
    """Return where the first word begins, and where the last one ends, that is not small."""
    telling = [m.span() for m in WORD.finditer(whole) if m[0] not in small_words()]
    return (telling[0][0], telling[-1][1]) if telling else (len(whole), 0)
