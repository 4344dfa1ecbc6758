"""The encoder that serves now, which may be exchanged while it is asked."""

from collections.abc import Sequence

from crm_store.base import Language
from crm_store.catalogue.encoders.protocol import Encoder, Placed, Vectors


class ServingEncoder(Encoder):
    """Passes texts on to the encoder of the moment."""

    def __init__(self, first: Encoder) -> None:
        self._now = first

    @property
    def now(self) -> Encoder:
        """The encoder of the moment."""
        return self._now

    @property
    def name(self) -> str:
        """The name of its space."""
        return self._now.name

    @property
    def dimensions(self) -> int:
        """How many numbers make one of its vectors."""
        return self._now.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text."""
        return self._now.encode(texts)

    def knows(self, language: Language) -> bool:
        """Return whether the encoder of the moment does."""
        return self._now.knows(language)

    def place(self, texts: Sequence[str], language: Language | None = None) -> Placed:
        """Return the rows and the name of one and the same encoder."""
        return self._now.place(texts, language)

    def switch(self, encoder: Encoder) -> None:
        """Let another one serve; whoever was asked before still answers."""
        self._now = encoder
