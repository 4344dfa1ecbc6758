"""The encoders that a shop may choose among."""

from pathlib import Path

from crm_store.catalogue.encoders.joined import JoinedEncoder
from crm_store.catalogue.encoders.protocol import Encoder, Placed, Vectors
from crm_store.errors import EncoderMissing

__all__ = ["Encoder", "Placed", "Vectors", "encoder_named", "space_named"]


def encoder_named(setting: str) -> Encoder:
    """Load the encoder that the setting names; several joined by `+` are one.

    `minilm` and `use` come with the product. Anything else is a sentence-transformers model:
    a folder, or a name on the hub, which is then asked for it. It raises EncoderMissing for one
    that cannot be loaded.
    """
    try:
        parts = [_part(name) for name in space_named(setting).split("+")]
    except Exception as error:
        # Its libraries raise what they like over a broken file or a hub that does not answer.
        raise EncoderMissing(setting) from error
    return parts[0] if len(parts) == 1 else JoinedEncoder(parts)


def space_named(setting: str) -> str:
    """Return the name of the space that the setting's encoder places texts in."""
    return "+".join(part.strip() for part in setting.split("+"))


def _part(name: str) -> Encoder:
    match name:
        case "":
            raise ValueError("an encoder's name is missing")
        case "use":
            from crm_store.catalogue.encoders.use import (  # noqa: PLC0415 - only if chosen
                UseEncoder,
            )

            return UseEncoder()
        case _:
            return _sentence_transformer(name)


def _sentence_transformer(name: str) -> Encoder:
    from crm_store.catalogue.encoders.sentence_transformer import (  # noqa: PLC0415 - only if chosen
        SentenceTransformerEncoder,
        minilm,
    )

    if name == "minilm":
        return minilm()
    return SentenceTransformerEncoder(name, name, offline=Path(name).is_dir())
