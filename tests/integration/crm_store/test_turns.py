"""What the bot is asked: the words, and what they must be read by."""

from datetime import date

import pytest

from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

# Always a day or two apart: UTC+14 and UTC-11.
EARLIEST, LATEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"


async def test_today_is_the_day_on_the_shops_calendar(sessions: SessionFactory) -> None:
    assert await _today(sessions, EARLIEST) > await _today(sessions, LATEST)


async def _today(sessions: SessionFactory, time_zone: str) -> date:
    async with sessions.begin() as session:
        shop = {**seed()["shop"], "time_zone": time_zone}
        await PolicyRepository(session).change("shop", shop, at=utc_now())
        conversations = ConversationRepository(session)
        begun = await conversations.start(ConversationRef(Channel.phone, time_zone), Language.de)
        conversation = await conversations.lock(begun.id)
        said = conversations.add(conversation, Author.customer, "morgen um zehn")
        await session.flush()
        turn = await TurnRepository(session).owe(conversation, said, text="morgen um zehn")
        return date.fromisoformat(turn.request["today"])
