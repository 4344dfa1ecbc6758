"""Writers of one conversation do not lose each other's lines."""

import pytest

from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

REF = ConversationRef(Channel.phone, "CA1")


async def test_a_lock_shows_what_was_written_since_the_conversation_was_found(
    sessions: SessionFactory,
) -> None:
    async with sessions.begin() as session:
        begun = await ConversationRepository(session).start(REF, Language.de)

    async with sessions.begin() as session:
        slow = ConversationRepository(session)
        # Held on to: what nobody holds is forgotten by the session, and read again anyway.
        found = await slow.find(REF)
        async with sessions.begin() as other_session:
            quick = ConversationRepository(other_session)
            quick.add(await quick.lock(begun.id), Author.customer, "first")
        locked = await slow.lock(begun.id)
        slow.add(locked, Author.customer, "second")
    assert locked is found

    async with sessions() as session:
        messages = await ConversationRepository(session).since(begun.id, 0)
    assert [(message.seq, message.text) for message in messages] == [(1, "first"), (2, "second")]
