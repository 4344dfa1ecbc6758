"""Looking for what is due again and again, for as long as the channels run."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)


async def look_for_ever(look: Callable[[], Awaitable[None]], *, of: str, every: float) -> None:
    """Look every so many seconds, also after the store was out of reach."""
    while True:
        try:
            await look()
        except (OSError, SQLAlchemyError):
            logger.warning("the store is out of reach, looking for %s again", of)
        await asyncio.sleep(every)
