"""Replies as a voice can say them. Pure: what is written goes in, what is spoken comes out."""

import re
import unicodedata
from collections.abc import Sequence

from channels.phone.wording import say
from crm_store.base import Json, Language
from crm_store.conversations.models import Message

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"\S*://\S*|\bwww\.\S*", re.IGNORECASE)
_MARKUP = frozenset("*_`#~|<>[]{}\\^")
# Pictures and their parts: emoji, modifiers, joiners, private and unassigned characters.
_UNSPEAKABLE = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn", "Me"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_NO = "deny"


def spoken(message: Message, language: Language) -> str:
    """Return what is said aloud for a message: its words, then the answers on offer."""
    words = speakable(message.text)
    offer = _offer(message.choices, language)
    return f"{words} {offer}".strip()


def speakable(text: str) -> str:
    """Return the text without anything that a voice would spell out: markup, addresses, emoji."""
    shown = _TAG.sub(" ", _LINK.sub(r"\1", text))
    kept = "".join(_said(character) for character in shown)
    return " ".join(_ADDRESS.sub(" ", kept).split())


def _said(character: str) -> str:
    if character.isspace():
        return " "
    if character in _MARKUP or ord(character) in _VARIATION_SELECTORS:
        return ""
    return "" if unicodedata.category(character) in _UNSPEAKABLE else character


def _offer(choices: Sequence[Json], language: Language) -> str:
    if not choices or _is_yes_or_no(choices):
        return ""
    titles = [speakable(str(choice["title"])) for choice in choices]
    return say("you_can_say", language, choices=_listed(titles, say("or", language)))


def _is_yes_or_no(choices: Sequence[Json]) -> bool:
    # Nobody needs to be told that such a question may be answered by yes or no.
    return len(choices) <= 2 and any(choice.get("intent") == _NO for choice in choices)


def _listed(titles: Sequence[str], conjunction: str) -> str:
    *most, last = titles
    return f"{', '.join(most)} {conjunction} {last}" if most else last
