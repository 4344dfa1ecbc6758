"""The one question after a call with a person, and what callers answer to it."""

from channels.hub import Hub
from channels.phone import twiml
from channels.phone.signature import question_url
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from channels.settings import ChannelSettings
from crm_store.base import Language, utc_now
from crm_store.conversations.rating import BEST, WORST, rate
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory

ANSWER_SECONDS = 6


def question(settings: ChannelSettings, language: Language) -> str:
    """Ask how content a caller was; whoever says nothing has a goodbye all the same."""
    return twiml.ask(
        question_url(settings, "/phone/rating"),
        say("rating", language),
        hints=say("rating_numbers", language).replace(" ", ","),
        language=language,
        seconds=ANSWER_SECONDS,
    )


def stars_in(heard: Gathered, language: Language) -> int | None:
    """Return the number that a caller has keyed in or said; None where there is none."""
    said = (heard.digits or heard.speech_result).casefold()
    for word in said.replace(".", " ").replace(",", " ").split():
        if word.isdecimal():
            return int(word) if WORST <= int(word) <= BEST else None
        numbers = say("rating_numbers", language).split()
        if word in numbers:
            return numbers.index(word) + 1
    return None


class Ratings:
    """Takes callers' answers into the record."""

    def __init__(self, *, sessions: SessionFactory, hub: Hub) -> None:
        self._sessions = sessions
        self._hub = hub

    async def take(self, heard: Gathered) -> str:
        """Keep an answer if it is one, and say goodbye."""
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).of_call(heard.call_sid)
            if conversation is None:
                return twiml.hang_up()
            language = conversation.language
            stars = stars_in(heard, language)
            if stars is not None:
                await rate(session, conversation.id, stars, at=utc_now())
        self._hub.tell(conversation.id)
        words = say("goodbye" if stars is None else "rating_thanks", language)
        return twiml.goodbye(language, words)
