"""Fills the store with the demo shop: `python -m channels.up.fill_demo`.

A program of its own, because it loads models that nothing else in `rapport up` needs.
"""

import asyncio
import sys

from crm_store.catalogue.encoders import Encoder, encoder_named
from crm_store.db import create_engine, create_session_factory
from crm_store.demo.fill import fill
from crm_store.errors import EncoderMissing
from crm_store.settings import StoreSettings


async def main() -> None:
    """Fill the store that the environment names, and say how far it is."""
    settings = StoreSettings()
    engine = create_engine(settings.database_url.get_secret_value())
    await fill(create_session_factory(engine), await _encoder(settings.rapport_encoder), _progress)
    await engine.dispose()


async def _encoder(setting: str) -> Encoder | None:
    try:
        return await asyncio.to_thread(encoder_named, setting)
    except EncoderMissing as missing:
        _say(f"the encoder {setting} cannot be loaded: {missing.__cause__}")
        _say("suggestions go by words alone until it can, and the shop is started again")
        return None


def _progress(done: int, of: int) -> None:
    if done == of or done % 256 == 0:
        _say(f"{done} of {of} product texts understood")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    asyncio.run(main())
