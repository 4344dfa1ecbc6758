"""Fills the store with the demo shop: `python -m channels.up.fill_demo`.

A program of its own, because it loads models that nothing else in `rapport up` needs.
"""

import asyncio
import sys

from crm_store.catalogue.encoders import encoder_named
from crm_store.db import create_engine, create_session_factory
from crm_store.demo.fill import fill
from crm_store.settings import StoreSettings


async def main() -> None:
    """Fill the store that the environment names, and say how far it is."""
    settings = StoreSettings()
    engine = create_engine(settings.database_url.get_secret_value())
    encoder = await asyncio.to_thread(encoder_named, settings.rapport_encoder)
    await fill(create_session_factory(engine), encoder, _say)
    await engine.dispose()


def _say(done: int, of: int) -> None:
    sys.stdout.write(f"{done} of {of} product texts understood\n")


if __name__ == "__main__":
    asyncio.run(main())
