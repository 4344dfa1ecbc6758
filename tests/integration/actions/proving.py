"""What stands in the messages that customers are sent."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from tests.builders import a_conversation, a_customer
from tests.integration.actions.conftest import kept


async def ana_is_known(
    sessions: SessionFactory, *, channel: Channel = Channel.chat, level: Level = Level.verified
) -> tuple[Customer, Conversation]:
    """Ana, in a conversation at a level."""
    ana = a_customer()
    hers = a_conversation(of=ana, level=level, channel=channel)
    await kept(sessions, ana, hers)
    return ana, hers


async def a_stranger(sessions: SessionFactory, *, channel: Channel = Channel.chat) -> Conversation:
    stranger = a_conversation(channel=channel)
    await kept(sessions, stranger)
    return stranger


async def written(sessions: SessionFactory) -> Sequence[OutboxMessage]:
    """All messages so far, in order."""
    async with sessions() as session:
        rows = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
        return rows.all()


async def code_sent_to(sessions: SessionFactory, address: str) -> str:
    """The code of the last message to an address."""
    texts = [message.text for message in await written(sessions) if message.address == address]
    found = re.match(r"\d{6}", texts[-1])
    assert found
    return found[0]


def another(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"
