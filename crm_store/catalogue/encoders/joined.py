"""Several encoders as one: what one misses, another may find."""

import math
from collections.abc import Sequence

import numpy as np

from crm_store.base import Language
from crm_store.catalogue.encoders.protocol import Encoder, Placed, Vectors

FOREIGN = 0.3
"""What a part counts in a search in a language that it does not know.

Not nothing, for names are the same in all of them. Chosen on the German queries of
`tests/bench/icecat.py`.
"""


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

    def knows(self, language: Language) -> bool:
        """Return whether any part does."""
        return any(part.knows(language) for part in self._parts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text."""
        return self._joined(texts, [1.0 for _ in self._parts])

    def place(self, texts: Sequence[str], language: Language | None = None) -> Placed:
        """Return rows in which the parts that do not know the language count less."""
        knowing = [language is None or part.knows(language) for part in self._parts]
        weights = [1.0 if knows or not any(knowing) else FOREIGN for knows in knowing]
        return Placed(self.name, self._joined(texts, weights))

    def _joined(self, texts: Sequence[str], weights: Sequence[float]) -> Vectors:
        rows = [
            part.encode(texts) * np.float32(weight)
            for part, weight in zip(self._parts, weights, strict=True)
        ]
        joined: Vectors = np.concatenate(rows, axis=1, dtype=np.float32)
        joined /= np.float32(math.hypot(*weights))
        return joined
