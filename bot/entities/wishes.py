"""One of a few things that the assistant knows: departments, consents, reasons, ways to pay."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.phrases import Found, Phrases
from bot.entities.said import Said
from bot.entities.small import stands_alone

SURE, WEAK, ALONE = "sure", "weak", "alone"
NEVER = ""


def wishes(said: Said) -> Iterator[Named]:
    """Find the phrases of every lexicon; a phrase of two meanings only where it is clear."""
    for entity in lexicon("wishes"):
        for found in _phrases(entity).found_in(said):
            strength, _, value = found.value.partition(":")
            if strength != NEVER and _counts(strength, found, entity, said):
                yield said.named(entity, found.span, value)


def _counts(strength: str, found: Found, entity: str, said: Said) -> bool:
    if strength == SURE or stands_alone(said, found.span):
        return True
    return strength == WEAK and bool(_context(entity).found_in(said))


@cache
def _phrases(entity: str) -> Phrases:
    words = lexicon("wishes")[entity]
    phrases = dict.fromkeys(words.get("never", ()), NEVER)
    return Phrases({**_valued(words), **phrases})


def _valued(words: dict[str, Any]) -> dict[str, str]:
    return {
        phrase: f"{strength}:{value}"
        for value, kinds in words["values"].items()
        for strength, phrases in kinds.items()
        for phrase in phrases
    }


@cache
def _context(entity: str) -> Phrases:
    return Phrases(dict.fromkeys(lexicon("wishes")[entity].get("context", ()), ""))
