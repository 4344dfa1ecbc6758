"""Which language a customer writes, when they write enough to tell."""

from collections.abc import Callable

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crm_store.base import Language

Detect = Callable[[str], Language | None]

FEWEST_WORDS = 3
"""Shorter texts tell nothing: "no" and "merci" are taken for anything."""
LEAST_PROBABILITY = 0.95


def detector() -> Detect:
    """Return what tells German from English, or None where it is not sure; loads its model."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language.value for language in Language])

    def detect(text: str) -> Language | None:
        if len(text.split()) < FEWEST_WORDS:
            return None
        code, probability = identifier.classify(text)
        return Language(code) if probability >= LEAST_PROBABILITY else None

    return detect
