"""Why the assistant said what it said: read from the record, turn by turn."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from channels.up.database import database
from channels.up.settings import UpSettings
from crm_store.conversations.models import Conversation, Turn, TurnState
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory, create_engine, create_session_factory

LOOKS, PAUSE_SECONDS = 100, 0.1


class Explainer:
    """Tells of a message what was understood, what was done, and what is now remembered."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions

    async def of(self, conversation_id: UUID, seq: int) -> str:
        """Return it once the turn is done; say so where nobody of the bot's answers."""
        for _ in range(LOOKS):
            async with self._sessions() as session:
                turn = await TurnRepository(session).of_seq(conversation_id, seq)
                conversation = await ConversationRepository(session).get(conversation_id)
            if turn is None:
                return f"  with {conversation.handler}"
            if turn.state in {TurnState.done, TurnState.failed}:
                return _told(turn, conversation)
            await asyncio.sleep(PAUSE_SECONDS)
        return "  no answer yet"


@asynccontextmanager
async def explaining(settings: UpSettings) -> AsyncIterator[Explainer]:
    """Open the record for reading, for as long as the block lasts."""
    async with database(settings.folder, settings.given_database) as url:
        engine = create_engine(url, connections=1)
        try:
            yield Explainer(create_session_factory(engine))
        finally:
            await engine.dispose()


def _told(turn: Turn, conversation: Conversation) -> str:
    named = ", ".join(f"{one['entity']}={one['value']}" for one in turn.entities)
    slots = {name: value for name, value in conversation.slots.items() if value}
    lines = (
        f"intent   {turn.intent} ({turn.confidence or 0:.2f})",
        f"entities {named or '–'}",
        f"actions  {', '.join(turn.actions) or '–'}",
        f"slots    {json.dumps(slots, ensure_ascii=False)}",
    )
    return "\n".join(f"  {line}" for line in lines)
