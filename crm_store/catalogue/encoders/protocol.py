"""What the store asks of an encoder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors that lie near each other when the texts mean the like."""

    @property
    def name(self) -> str:
        """Names the space: vectors of two encoders are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers make a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, each of unit length.

        It computes and blocks: an event loop calls it in a thread.
        """
        ...


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows at length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
