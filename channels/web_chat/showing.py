"""What the browser is shown: every row after the last it has, and who has the conversation."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.hub import Hub
from channels.web_chat.frames import message_frame, state_frame
from crm_store.base import Json
from crm_store.conversations.models import Author, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory, at_once
from crm_store.handoffs.service import waiting_of


class Show:
    """Follows one conversation from a position, without a gap."""

    def __init__(
        self, conversation: UUID, since: int, *, sessions: SessionFactory, hub: Hub
    ) -> None:
        self._conversation = conversation
        self._position = since
        self._sessions = sessions
        self._hub = hub
        self._state: Json = {}

    async def frames(self) -> AsyncIterator[Json]:
        """Yield what is new, for as long as the browser stays."""
        async with self._hub.watch(self._conversation) as bell:
            while True:
                for frame in await self._news():
                    yield frame
                for note in await bell.wait():
                    if note == "typing:agent":
                        yield {"type": "typing", "author": "agent"}

    async def _news(self) -> list[Json]:
        async with at_once(self._sessions) as session:
            conversations = ConversationRepository(session)
            messages = await conversations.since(self._conversation, self._position)
            names = await conversations.agent_names(message.agent_id for message in messages)
            state = await self._changed(session, messages)
        if messages:
            self._position = messages[-1].seq
        frames = [message_frame(m, names.get(m.agent_id)) for m in messages if m.for_customer]
        return [*frames, *state]

    async def _changed(self, session: AsyncSession, messages: Sequence[Message]) -> list[Json]:
        """Return the state, where it is another than what the browser knows."""
        if self._state and messages and all(m.author is Author.customer for m in messages):
            # The customer's own words change nothing that the browser is told.
            return []
        conversations = ConversationRepository(session)
        conversation = await conversations.get(self._conversation)
        names = await conversations.agent_names([conversation.agent_id])
        waiting = await waiting_of(session, conversation)
        state = state_frame(conversation, agent=names.get(conversation.agent_id), waiting=waiting)
        if state == self._state:
            return []
        self._state = state
        return [state]
