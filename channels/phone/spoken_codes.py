"""A code that a caller speaks instead of keying it in: anybody beside them would hear it."""

from channels.hub import Hub
from channels.messages import InboundMessage
from channels.phone.keys import CODE_LENGTH
from channels.phone.moment import moment_of
from crm_store.calls.secrets import refuse_spoken
from crm_store.db import SessionFactory
from crm_store.spoken import sounds_like_code


def is_spoken_code(words: str) -> bool:
    """Return whether words, said when a code was asked for, are one."""
    return sounds_like_code(words, digits=CODE_LENGTH)


class SpokenCodes:
    """Asks callers who speak a code for their keys; what they said is kept nowhere."""

    def __init__(self, sessions: SessionFactory, hub: Hub) -> None:
        self._sessions = sessions
        self._hub = hub

    async def refuse(self, message: InboundMessage) -> int | None:
        """Take the place of spoken words that are the code asked for; return their number.

        None for any others, which are to be taken as they are.
        """
        if not is_spoken_code(message.text):
            return None
        async with self._sessions.begin() as session:
            moment = await moment_of(session, message.conversation)
            if not moment.expected.code:
                return None
            seq = await refuse_spoken(session, message.conversation, client_id=message.client_id)
        self._hub.tell(message.conversation)
        return seq
