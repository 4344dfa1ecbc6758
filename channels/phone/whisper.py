"""What an agent hears before they are put through, in about ten seconds. Pure."""

from collections.abc import Sequence

from channels.phone.speech import speakable
from channels.phone.wording import say
from crm_store.base import Language
from crm_store.customers.models import Level
from crm_store.legs.brief import Brief

MOST_WORDS = 7
"""Of each thing that is quoted."""

Said = tuple[Language, str]


def whispered(brief: Brief, language: Language) -> Sequence[Said]:
    """Return the sentences, each with the language that it is in.

    The frame is in the agent's language; what was said and noted stays in the caller's.
    """
    sentences: list[Said] = [(language, _who(brief, language))]
    if brief.reason is not None:
        sentences.append((language, say(f"brief_{brief.reason}", language)))
    for name, quote in (("brief_words", brief.words), ("brief_tried", brief.note)):
        if short := _short(quote):
            sentences += [(language, say(name, language)), (brief.language, short)]
    return sentences


def _who(brief: Brief, language: Language) -> str:
    if brief.name is None or brief.level is Level.anonymous:
        return say("brief_stranger", language)
    proved = "brief_proved" if brief.level >= Level.verified else "brief_claimed"
    return say(proved, language, name=speakable(brief.name))


def _short(text: str) -> str:
    words = speakable(text).split()
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
