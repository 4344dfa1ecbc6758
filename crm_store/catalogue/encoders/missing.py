"""What stands in for an encoder that could not be loaded."""

from collections.abc import Sequence

from crm_store.catalogue.encoders.protocol import Encoder, Vectors


class MissingEncoder(Encoder):
    """Refuses every text, so that whoever asks goes on with words and names alone."""

    def __init__(self, setting: str) -> None:
        self._setting = setting

    @property
    def name(self) -> str:
        """The name of the space that there would be."""
        return self._setting

    @property
    def dimensions(self) -> int:
        """None at all."""
        return 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Raise RuntimeError."""
        raise RuntimeError(f"the encoder {self._setting} could not be loaded")
