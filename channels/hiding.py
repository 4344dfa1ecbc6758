"""PINs on their way: no record, log or memory of the assistant gets to see one."""

import re
from dataclasses import replace

from channels.messages import Choice, InboundMessage
from crm_store.base import Json
from crm_store.conversations.models import Channel, Conversation
from crm_store.sealing import Seal

MASK = "•"
INFORM = "inform"
"""The intent of whoever answers a question, as the assistant names it."""
_DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){3,5}(?!\d)")
_NAMES_A_PIN = re.compile(r"\b(?:pins?|geheimzahl|geheimnummer)\b", re.IGNORECASE)


class Hiding:
    """Takes the digits out of a message, and seals them for whoever has to try them."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def hide(self, message: InboundMessage, conversation: Conversation) -> InboundMessage:
        """Return the message as it may be kept and understood."""
        if message.choice is not None:
            return message
        found = _DIGITS.findall(message.text)
        if len(found) == 1 and _may_be_pin(conversation, message.text):
            digits = re.sub(r"\D", "", found[0])
            hidden, sealed = masked(message.text), self._seal.close(digits)
            answer = Choice(hidden, INFORM)
            return replace(message, text=hidden, masked=hidden, choice=answer, sealed=sealed)
        if found and _NAMES_A_PIN.search(message.text):
            hidden = masked(message.text)
            return replace(message, text=hidden, masked=hidden)
        return message


def _may_be_pin(conversation: Conversation, text: str) -> bool:
    """Return whether a PIN was asked for, or on the phone a code, which a PIN will do for."""
    slots: Json = conversation.slots
    if (slots.get("awaits") or {}).get("what") == "pin":
        return True
    keyed = text.isdecimal() and conversation.medium is Channel.phone
    return keyed and slots.get("requested_slot") == "code"


def masked(text: str) -> str:
    """Return the text with a mark for each digit of what may be a PIN."""
    return _DIGITS.sub(lambda found: re.sub(r"\d", MASK, found[0]), text)
