"""A code that a caller speaks instead of keying it in: anybody beside them would hear it."""

import re

from channels.hub import Hub
from channels.messages import InboundMessage
from channels.phone.keys import CODE_LENGTH, SHORTEST_PIN
from channels.phone.moment import moment_of
from crm_store.calls.secrets import refuse_spoken
from crm_store.db import SessionFactory
from crm_store.spoken import sounds_like_code, with_digits

_PIN = re.compile(r"\bpin\b", re.IGNORECASE)


def is_spoken_code(words: str) -> bool:
    """Return whether words, said when a code was asked for, are one, or a PIN."""
    # Among other words, so few digits may be a customer's number.
    alone = sum(letter.isalpha() for letter in with_digits(words)) == 0
    names_pin = _PIN.search(words) is not None
    return sounds_like_code(words, digits=CODE_LENGTH) or (
        (alone or names_pin) and sounds_like_code(words, digits=SHORTEST_PIN)
    )


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
