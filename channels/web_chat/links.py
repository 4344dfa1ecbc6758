"""Links that were sent to callers, opened in a browser."""

import logging

from channels.hub import Hub
from channels.settings import ChannelSettings
from channels.turn import Turns
from crm_store.base import utc_now
from crm_store.conversations.models import Conversation
from crm_store.db import SessionFactory
from crm_store.errors import NoPassage
from crm_store.passages.secrets import passage_key
from crm_store.passages.to_chat import ChatLinks

logger = logging.getLogger(__name__)


class Links:
    """Lets a browser into the conversation of its link."""

    def __init__(
        self, settings: ChannelSettings, *, turns: Turns, sessions: SessionFactory, hub: Hub
    ) -> None:
        self._key = passage_key(settings.rapport_secret.get_secret_value())
        self._turns = turns
        self._sessions = sessions
        self._hub = hub

    async def open(self, token: str | None, visitor: str) -> Conversation | None:
        """Return the conversation that a link leads to; None for no link, or a useless one."""
        if token is None:
            return None
        try:
            async with self._sessions.begin() as session:
                links = ChatLinks(session, self._key)
                conversation = await links.open(token, visitor, at=utc_now())
        except NoPassage:
            logger.info("a link into a conversation was refused")
            return None
        self._turns.kick(conversation.id)
        self._hub.moved(conversation.id)
        return conversation
