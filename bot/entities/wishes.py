"""One of a few things that the assistant knows: departments, consents, reasons, ways to pay."""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.phrases import Found, Phrase, Phrases
from bot.entities.said import Said
from bot.entities.small import stands_alone

SURE, WEAK, NEAR, BARE = "sure", "weak", "near", "bare"
NEVER, CONTEXT, UNLESS, LISTING = "never", "context", "unless", "listing"
A_LIST = 2


def wishes(said: Said) -> Iterator[Named]:
    """Find the phrases of every lexicon; a phrase of two meanings only where it is clear."""
    found = _phrases().found_in(said.plain)
    contexts = {one.owner for one in found if not one.owner.isidentifier()}
    contexts |= {f"{CONTEXT} of {owner}" for owner in _listed(found, contexts)}
    for one in found:
        strength, _, value = one.value.partition(":")
        if value and _counts(strength, one, contexts, said):
            yield said.named(one.owner, one.span, value)


def _listed(found: Sequence[Found], contexts: set[str]) -> Iterator[str]:
    """Return whose choices are listed with a yes or a no: "calls are ok, but no letters"."""
    values: dict[str, set[str]] = {}
    for one in found:
        if one.value:
            values.setdefault(one.owner, set()).add(one.value.partition(":")[2])
    for owner, several in values.items():
        if len(several) >= A_LIST and f"{LISTING} of {owner}" in contexts:
            yield owner


def _counts(strength: str, found: Found, contexts: set[str], said: Said) -> bool:
    if strength == BARE and f"{UNLESS} of {found.owner}" not in contexts:
        return True
    if strength in (WEAK, NEAR) and f"{CONTEXT} of {found.owner}" in contexts:
        return True
    return strength == SURE or (strength != NEAR and stands_alone(said, found.span))


@cache
def _phrases() -> Phrases:
    return Phrases(phrase for entity in lexicon("wishes") for phrase in _phrases_of(entity))


def _phrases_of(entity: str) -> Iterator[Phrase]:
    words = lexicon("wishes")[entity]
    for kind in (CONTEXT, UNLESS, LISTING):
        for phrase in words.get(kind, ()):
            yield Phrase.of(phrase, f"{kind} of {entity}")
    for phrase in words.get(NEVER, ()):
        yield Phrase.of(phrase, entity)
    for value, kinds in words["values"].items():
        for strength, phrases in kinds.items():
            yield from (Phrase.of(phrase, entity, f"{strength}:{value}") for phrase in phrases)
