"""Several encoders as one: what one misses, another may find."""

import math
from collections.abc import Sequence

import numpy as np

from crm_store.catalogue.encoders.protocol import Encoder, Vectors


class JoinedEncoder(Encoder):
    """Puts the vectors side by side, so that its cosine is the mean of the parts' cosines."""

    def __init__(self, parts: Sequence[Encoder]) -> None:
        self._parts = tuple(parts)

    @property
    def name(self) -> str:
        """The names of the parts."""
        return "+".join(part.name for part in self._parts)

    @property
    def dimensions(self) -> int:
        """All parts' together."""
        return sum(part.dimensions for part in self._parts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text."""
        rows = [part.encode(texts) for part in self._parts]
        joined: Vectors = np.concatenate(rows, axis=1) / np.float32(math.sqrt(len(self._parts)))
        return joined
