"""An encoder for tests: texts with the same words lie together."""

import zlib
from collections.abc import Sequence

import numpy as np

from crm_store.catalogue.encoders.protocol import Encoder, Vectors, unit_rows
from crm_store.suggestions.names import words_of


class HashingEncoder(Encoder):
    """Counts words into few places; quick, and the same on every machine."""

    name = "hashing"
    dimensions = 32

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words_of(text):
                row[zlib.crc32(word.encode()) % self.dimensions] += 1
        return unit_rows(rows)


class NamedEncoder(HashingEncoder):
    """The same under another name, hence in a space of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class BrokenEncoder(HashingEncoder):
    """Fails whenever it is asked."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("the model does not answer")
