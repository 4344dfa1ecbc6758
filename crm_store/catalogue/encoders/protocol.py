"""What the store asks of an encoder."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crm_store.base import Language

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where texts lie, and in whose space: one without the other means nothing."""

    space: str
    vectors: Vectors


class Encoder(Protocol):
    """Turns texts into vectors that lie near each other when the texts mean the like."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Names the space: vectors of two encoders are never compared.

        It is also the setting by which the encoder is loaded again.
        """
        ...

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """How many numbers make a vector."""
        ...

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, each of unit length.

        It computes and blocks: an event loop calls it in a thread.
        """
        ...

    def knows(self, language: Language) -> bool:
        """Return whether it understands a language."""
        return True

    def place(self, texts: Sequence[str], language: Language | None = None) -> Placed:
        """Return rows for what is searched with, in a language if it is known, and their space.

        The space may be another the next time.
        """
        return Placed(self.name, self.encode(texts))


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows at length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
