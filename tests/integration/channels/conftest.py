"""The spine of the channels on a real store, with whatever bot a test brings."""

from collections.abc import AsyncIterator, Callable

import pytest

from channels.answering import Answering, Patience
from channels.bot import Bot
from channels.hiding import Hiding
from channels.hub import Hub
from channels.turn import Turns
from crm_store.db import SessionFactory
from crm_store.sealing import Seal

MakeTurns = Callable[[Bot], Turns]


@pytest.fixture
async def turns_with(sessions: SessionFactory) -> AsyncIterator[MakeTurns]:
    """Make the spine around a bot; failures are given up on at once."""
    made: list[Answering] = []

    def make(bot: Bot) -> Turns:
        hub = Hub(sessions)
        answering = Answering(
            sessions=sessions, bot=bot, hub=hub, patience=Patience(question=5, customer=0.1)
        )
        made.append(answering)
        return Turns(
            sessions=sessions,
            hub=hub,
            answering=answering,
            detect=lambda _: None,
            hiding=Hiding(Seal("a secret", "pins")),
        )

    yield make
    for answering in made:
        await answering.stop(at_most=0.5)
