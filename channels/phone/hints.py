"""Words that a caller is likely to say, for Twilio to recognise them better."""

from collections.abc import Iterable, Sequence
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.speech import speakable
from channels.phone.wording import say
from crm_store.calls.names import NameRepository
from crm_store.conversations.models import Conversation

MOST, LONGEST = 100, 100
"""Twilio takes 500 of 100 characters: https://www.twilio.com/docs/voice/twiml/gather#hints."""
FRESH_SECONDS = 600.0


class Hints:
    """Knows the line's own words, the catalogue's names, and the caller's orders."""

    def __init__(self) -> None:
        self._bought: Sequence[str] = ()
        self._until = 0.0

    async def of(self, session: AsyncSession, conversation: Conversation) -> str:
        """Return what a caller may say, as the attribute takes it.

        It goes to whoever recognises the speech, and is said to nobody.
        """
        names = NameRepository(session)
        own: Sequence[str] = ()
        if conversation.customer_id is not None:
            own = await names.of_customer(conversation.customer_id)
        line = say("hints", conversation.language).split(",")
        return attribute([*line, *own, *await self._most_bought(names)])

    async def _most_bought(self, names: NameRepository) -> Sequence[str]:
        if monotonic() >= self._until:
            self._bought, self._until = await names.most_bought(), monotonic() + FRESH_SECONDS
        return self._bought


def attribute(words: Iterable[str]) -> str:
    """Return the words as one attribute, each once, none too long for Twilio."""
    plain = (" ".join(speakable(word).replace(",", " ").split()) for word in words)
    kept = dict.fromkeys(word for word in plain if 0 < len(word) <= LONGEST)
    return ",".join(list(kept)[:MOST])
