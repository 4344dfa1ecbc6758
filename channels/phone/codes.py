"""A code from the chat that is keyed in on the phone."""

from dataclasses import dataclass
from uuid import UUID

from channels.hub import Hub
from channels.phone.wording import say
from crm_store.base import Language, utc_now
from crm_store.calls.repository import CallRepository
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.passages.secrets import passage_key
from crm_store.passages.to_phone import Entry, PhoneCodes


@dataclass(frozen=True, slots=True)
class Refused:
    """A code that led nowhere, and what the caller is told of it."""

    sentence: str

    def said(self, language: Language) -> str:
        """Return it in the caller's language."""
        return say(self.sentence, language)


class ChatCodes:
    """Lets calls go on with the chats that their codes are from."""

    def __init__(self, secret: str, *, sessions: SessionFactory, hub: Hub) -> None:
        self._key = passage_key(secret)
        self._sessions = sessions
        self._hub = hub

    async def enter(
        self, conversation_id: UUID, call: str, digits: str, *, entry: str
    ) -> Refused | None:
        """Move a call to the conversation of a code, or return why not; once for each entry."""
        async with self._sessions.begin() as session:
            conversations = ConversationRepository(session)
            caller = await conversations.lock(conversation_id)
            codes = PhoneCodes(session, self._key)
            if caller.call != call:
                # A second delivery of what has been done, or of what is over.
                return None
            came = await codes.enter(caller, digits, entry=entry, at=utc_now())
            if came.conversation is not None:
                before = came.conversation.last_seq - 1
                await CallRepository(session).move(call, came.conversation.id, position=before)
        self._tell(conversation_id, came)
        return _refusal(came)

    def _tell(self, conversation_id: UUID, came: Entry) -> None:
        if came.conversation is None:
            return
        self._hub.tell(conversation_id)
        self._hub.moved(came.conversation.id)


def _refusal(came: Entry) -> Refused | None:
    if came.conversation is not None:
        return None
    return Refused("code_wrong" if came.tries_left else "codes_over")
