"""The encoders that a shop may choose among."""

import logging
from pathlib import Path

from crm_store.catalogue.encoders.joined import JoinedEncoder
from crm_store.catalogue.encoders.missing import MissingEncoder
from crm_store.catalogue.encoders.protocol import Encoder, Vectors

__all__ = ["Encoder", "Vectors", "encoder_named", "encoder_or_none"]

logger = logging.getLogger(__name__)


def encoder_named(setting: str) -> Encoder:
    """Load the encoder that the setting names; several joined by `+` are one.

    `minilm` and `use` come with the product. Anything else is a sentence-transformers model:
    a folder, or a name on the hub, which is then asked for it.
    """
    parts = [_part(name.strip()) for name in setting.split("+")]
    return parts[0] if len(parts) == 1 else JoinedEncoder(parts)


def encoder_or_none(setting: str) -> Encoder:
    """Load the encoder that the setting names; one that cannot be loaded refuses every text.

    For whoever serves customers: suggestions by words and names are better than none.
    """
    try:
        return encoder_named(setting)
    except (ImportError, OSError, RuntimeError, ValueError):
        logger.exception("the encoder cannot be loaded; suggestions go by words alone")
        return MissingEncoder(setting)


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
