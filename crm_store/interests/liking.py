"""An interest as it stands now."""

from dataclasses import dataclass
from typing import Final

from crm_store.base import Json, Language
from crm_store.catalogue.vocabulary import Facet as Term
from crm_store.catalogue.vocabulary import vocabulary
from crm_store.customers.models import Facet, Interest

SHORTEST_STEM: Final = 4
"""Letters that two words must share from the start: "opera" and "operas"."""


def alike(word: str, other: str) -> bool:
    """Return whether two words are one but for an ending."""
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= SHORTEST_STEM and longer.startswith(shorter))


@dataclass(frozen=True, slots=True)
class Liking:
    """An interest, what is left of it, and who made the product that it is in, if it is in one."""

    interest: Interest
    strength: float
    creator: str | None = None

    def words(self, language: Language) -> str:
        """Return what it is an interest in."""
        if self.interest.facet is Facet.genre:
            return vocabulary().called(Term.genre, self.interest.text, language)
        return self.interest.text

    def wish(self, language: Language) -> str:
        """Return it in words that a wish may be made of.

        Of a product these are who made it: the product itself may be what they have already.
        """
        return self.creator or self.words(language)

    def as_json(self) -> Json:
        """Return where it was learned, as it is kept with what follows from it."""
        one = self.interest
        return {
            "interest": str(one.id),
            "source": one.source.value,
            "words": one.text,
            "strength": round(self.strength, 4),
            "learned_at": one.learned_at.isoformat(),
            "message": str(one.message_id) if one.message_id else None,
            "event": one.event_id,
        }

    def contradicted_by(self, dislike: "Liking") -> bool:
        """Return whether somebody wants nothing more of what this is an interest in."""
        one, other = self.interest, dislike.interest
        if other.facet is Facet.creator:
            return other.text in {self.creator, one.text}
        return other.product_id is not None and other.product_id == one.product_id
