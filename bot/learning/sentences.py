"""Sentences as the bot sees them: their sense as a vector, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.learning.language import is_german

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Place:
    """The encoder's view, in which every sentence has length one and no language."""

    centre: Vectors
    language: Vectors
    """The direction in which German and English sentences of one meaning lie apart."""

    @classmethod
    def of(cls, vectors: Vectors, german: NDArray[np.bool_]) -> "Place":
        """Take the measure of the sentences to be learned; `german` tells which are."""
        language = np.zeros(vectors.shape[1], np.float32)
        if german.any() and not german.all():
            language = vectors[german].mean(axis=0) - vectors[~german].mean(axis=0)
            language /= np.linalg.norm(language)
        return cls(vectors.mean(axis=0), language)

    def put(self, vectors: Vectors) -> Vectors:
        """Return the vectors as this view has them."""
        placed = vectors - self.centre
        placed = placed - np.outer(placed @ self.language, self.language)
        return np.asarray(placed / np.maximum(np.linalg.norm(placed, axis=1), 1e-9)[:, None])


@dataclass(frozen=True)
class Sentences:
    """Sentences as the encoder sees them, a row for each, and as they are written."""

    seen: Vectors
    texts: Sequence[str]

    def at(self, places: NDArray[np.intp]) -> "Sentences":
        """Return some of them."""
        return Sentences(self.seen[places], [self.texts[place] for place in places])


@dataclass(frozen=True)
class Phrases:
    """Sentences whose meanings are known, and whether each of them is German."""

    sentences: Sentences
    meant: NDArray[np.str_]
    german: NDArray[np.bool_]

    @classmethod
    def of(cls, sentences: Sentences, meant: Sequence[str]) -> "Phrases":
        """Return the sentences with their meanings, and in their languages."""
        german = np.asarray([is_german(text) for text in sentences.texts])
        return cls(sentences, np.asarray(meant), german)

    def at(self, places: NDArray[np.intp]) -> "Phrases":
        """Return some of them."""
        return Phrases(self.sentences.at(places), self.meant[places], self.german[places])
