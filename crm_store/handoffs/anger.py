"""How angry somebody sounds: a count of what can be seen in their words, and no more. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from crm_store.handoffs.phrases import phrases_in
from crm_store.handoffs.signs import Sign
from crm_store.strategy.escalation import Anger

STRONG: Final = 2
SHOUTED: Final = 2
MARKED: Final = 1
LASTING: Final = 1
FEWEST_SHOUTED: Final = 3
"""Words in capitals: fewer may be a name, an abbreviation or one word that is stressed."""
EARLIER: Final = 2
"""So many messages before still count, by half."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MARKS: Final = re.compile(r"[!?]*!{2,}[!?]*|\?!|!\?")


def anger_in(text: str, rules: Anger) -> list[Sign]:
    """Return the signs of anger in one message."""
    return [*_strong(text, rules), *_shouted(text), *_marked(text), *_lasting(text, rules)]


def points(signs: Sequence[Sign]) -> int:
    """Return what the signs weigh together."""
    return sum(sign.points for sign in signs)


def is_angry(signs: Sequence[Sign], before: Sequence[str], rules: Anger) -> bool:
    """Return whether this message, with half of what the ones before weigh, is enough.

    A message without a sign of its own is not angry, whatever was said before.
    """
    if not signs:
        return False
    earlier = sum(points(anger_in(text, rules)) for text in before[:EARLIER])
    return points(signs) + earlier / 2 >= rules.points


def _strong(text: str, rules: Anger) -> Iterator[Sign]:
    for phrase in phrases_in(text, rules.strong.all):
        yield Sign("strong", phrase, STRONG)


def _lasting(text: str, rules: Anger) -> Iterator[Sign]:
    # "Schon wieder zum dritten Mal" says one thing.
    for phrase in phrases_in(text, rules.lasting.all)[:1]:
        yield Sign("lasting", phrase, LASTING)


def _shouted(text: str) -> Iterator[Sign]:
    words = _WORD.findall(text)
    loud = [word for word in words if word.isupper()]
    if len(loud) >= FEWEST_SHOUTED and len(loud) * 2 > len(words):
        yield Sign("shouted", " ".join(loud[:FEWEST_SHOUTED]), SHOUTED)


def _marked(text: str) -> Iterator[Sign]:
    found = _MARKS.search(text)
    if found:
        yield Sign("marked", found[0], MARKED)
