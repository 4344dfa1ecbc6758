"""Going on by phone: where to call, and the code to key in there."""

from uuid import UUID

from channels.settings import ChannelSettings
from channels.web_chat import wording
from channels.web_chat.frames import phone_frame
from crm_store.base import Json, Language, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import NotInChat, TooManyPassages
from crm_store.passages.secrets import passage_key
from crm_store.passages.to_phone import PhoneCodes


class ByPhone:
    """Gives a chat's customer a way to the phone."""

    def __init__(self, settings: ChannelSettings, sessions: SessionFactory) -> None:
        self._number = settings.rapport_phone_number
        self._key = passage_key(settings.rapport_secret.get_secret_value())
        self._sessions = sessions

    async def code_for(self, conversation_id: UUID) -> Json:
        """Return the line's number and a new code, or say that there is no way."""
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            if not self._number:
                return _no_way(conversation.language)
            try:
                code = await PhoneCodes(session, self._key).make(conversation, at=utc_now())
            except (NotInChat, TooManyPassages):
                return _no_way(conversation.language)
            return phone_frame(self._number, code)


def _no_way(language: Language) -> Json:
    return {"type": "no_phone", "text": wording.NO_PHONE[language]}
