"""What the browser is shown: every row after the last it has, and who has the conversation."""

from collections.abc import AsyncIterator
from uuid import UUID

from channels.hub import Hub
from channels.web_chat.frames import message_frame, state_frame
from crm_store.base import Json
from crm_store.conversations.models import Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory, at_once


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
            conversation = await conversations.get(self._conversation)
            names = await conversations.agent_names(
                [*(message.agent_id for message in messages), conversation.agent_id]
            )
            waiting = conversation.handler is Handler.queue
            position = await conversations.place_in_queue(conversation) if waiting else None
        if messages:
            self._position = messages[-1].seq
        frames = [message_frame(m, names.get(m.agent_id)) for m in messages if m.for_customer]
        state = state_frame(conversation, agent=names.get(conversation.agent_id), position=position)
        if state != self._state:
            self._state = state
            frames.append(state)
        return frames
