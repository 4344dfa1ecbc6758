"""Keeps the products placed while the shop runs, and changes the encoder without a pause."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from crm_store import garbage
from crm_store.base import utc_now
from crm_store.catalogue.encoders import Encoder, encoder_named, space_named
from crm_store.catalogue.encoders.missing import MissingEncoder
from crm_store.catalogue.encoders.serving import ServingEncoder
from crm_store.catalogue.placing import BATCH, FEW, count_waiting, place_products, remove_space
from crm_store.catalogue.space_repository import SpaceRepository
from crm_store.db import SessionFactory
from crm_store.errors import EncoderMissing

FOLLOW_SECONDS = 5.0
PLACE_SECONDS = 300.0
"""Seldom: it looks through all texts, and an import places its own by itself."""
PATIENCE_SECONDS = 30.0
"""A hub that does not answer is asked again and again, for a minute and more."""
GRACE = timedelta(minutes=2)
"""How long a former space stays, so that every program has left it."""

logger = logging.getLogger(__name__)


class CatalogueCare:
    """Serves with the space that was completed last, and completes the one that is wanted.

    Whichever space was completed last serves in every program, whoever completed it.
    """

    def __init__(
        self,
        sessions: SessionFactory,
        setting: str,
        load: Callable[[str], Encoder] = encoder_named,
    ) -> None:
        self._sessions = sessions
        self._wanted = space_named(setting)
        self._load = load
        self._coming: Encoder | None = None
        self._opening: asyncio.Task[None] | None = None
        self._switching = asyncio.Lock()
        self.encoder = ServingEncoder(MissingEncoder(self._wanted))

    async def open(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Load the encoder that serves first: the wanted one, unless only another is complete.

        Where it is not ready within the seconds of the patience, words serve until it is.
        """
        self._opening = asyncio.create_task(self._open())
        await asyncio.wait({self._opening}, timeout=patience)
        if self._opening.done():
            await self._opening
        else:
            logger.warning("the encoder takes long to load; suggestions go by words meanwhile")

    async def _open(self) -> None:
        try:
            serving = await self._completed_last() or self._wanted
        except (SQLAlchemyError, OSError):
            logger.exception("the store does not answer; serving with the encoder of the setting")
            serving = self._wanted
        self.encoder.switch(await self._or_words(serving))

    async def keep(
        self, *, follow_every: float = FOLLOW_SECONDS, place_every: float = PLACE_SECONDS
    ) -> None:
        """Look after the catalogue until cancelled."""
        if self._opening:
            await self._opening
        garbage.settle()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_again_and_again(self.follow, follow_every))
            tasks.create_task(_again_and_again(self.place, place_every))

    async def follow(self) -> None:
        """Serve with the space that was completed last."""
        async with self._switching:
            newest = await self._completed_last()
            if newest in {None, self.encoder.name}:
                return
            # Somebody has wanted it after us, or it is what we wanted.
            self._wanted = str(newest)
            coming, self._coming = self._coming, None
            ready = coming is not None and coming.name == newest
            self.encoder.switch(coming if coming and ready else await self._or_words(self._wanted))
            # Models are full of cycles, and two of them are much to keep in memory.
            garbage.settle()
            logger.info("suggestions go by the encoder %s now", newest)

    async def place(self, *, at_rest: timedelta = GRACE) -> None:
        """Place what waits, serve with the space once it is complete, and remove former ones."""
        encoder = await self._placing_encoder()
        if encoder and await self._is_incomplete(encoder.name):
            batch = FEW if encoder is self.encoder.now else BATCH
            placed = await place_products(self._sessions, encoder, batch=batch)
            logger.info("the encoder %s has placed %d product texts", encoder.name, placed)
            await self.follow()
        async with self._sessions.begin() as session:
            gone = await SpaceRepository(session).given_up(at=utc_now(), after=at_rest)
        for model in gone:
            await remove_space(self._sessions, model)
            logger.info("what the encoder %s had placed is removed", model)

    async def _placing_encoder(self) -> Encoder | None:
        if self._wanted == self.encoder.name:
            now = self.encoder.now
            return None if isinstance(now, MissingEncoder) else now
        if self._coming is None:
            try:
                self._coming = await self._loaded(self._wanted)
            except EncoderMissing:
                logger.exception("the encoder cannot be loaded; the former one goes on")
                self._wanted = self.encoder.name
                return await self._placing_encoder()
        return self._coming

    async def _is_incomplete(self, model: str) -> bool:
        return (
            await self._completed_last() != model or await count_waiting(self._sessions, model) > 0
        )

    async def _completed_last(self) -> str | None:
        async with self._sessions.begin() as session:
            space = await SpaceRepository(session).serving()
            return space.model if space else None

    async def _or_words(self, model: str) -> Encoder:
        try:
            return await self._loaded(model)
        except EncoderMissing:
            logger.exception("the encoder cannot be loaded; suggestions go by words alone")
            return MissingEncoder(model)

    async def _loaded(self, model: str) -> Encoder:
        encoder = await asyncio.to_thread(self._load, model)
        # So that no customer waits for its first and slowest words.
        with suppress(RuntimeError, ValueError, OSError):
            await asyncio.to_thread(encoder.encode, ["Aida"])
        return encoder


async def _again_and_again(look: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        try:
            await look()
        except Exception:
            # Whatever an encoder or the store raised: a loop that ended would never place again.
            logger.exception("the catalogue could not be looked after; trying again")
        await asyncio.sleep(seconds)
