"""Keys on the phone, turned into what the caller means by them. Pure."""

from dataclasses import dataclass, replace

CODE_LENGTH = 6
CHAT_CODE_LENGTH = SHORTEST_PIN = 4
MASK = "•"
PERSON_KEY, ENDS_NUMBER, TAKES_BACK = "0", "#", "*"
YES_KEY, LANGUAGE_KEY = "1", "2"
_CARD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Digits:
    """A finished number."""

    digits: str
    secret: bool
    """Whether the record may only show that something was keyed in."""

    @property
    def shown(self) -> str:
        """The number as the record keeps it."""
        return MASK * len(self.digits) if self.secret else self.digits


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the answers on offer, counted from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class ChatCode:
    """A code by which the call goes on with a chat."""

    digits: str


@dataclass(frozen=True, slots=True)
class Person:
    """The caller wants to speak to a person."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The call may be recorded."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The caller wants to go on in the line's other language."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The caller took back what they had keyed in."""


Meaning = Digits | Chosen | ChatCode | Person | Allowed | OtherLanguage | Cleared


@dataclass(frozen=True, slots=True)
class Expected:
    """What a key can mean at this point of the conversation."""

    choices: int = 0
    number: bool = False
    """Whether a number was asked for, which may begin with any digit."""
    code: bool = False
    """Whether that number is a one-time code."""
    permission: bool = False
    """Whether the caller was asked if the call may be recorded."""
    other_language: bool = False
    """Whether the other language has a key of its own."""
    may_join: bool = False
    """Whether four digits are a code from the chat."""
    joins: bool = False
    """Whether that was asked for, so that nothing longer is awaited."""

    @property
    def length(self) -> int | None:
        """After how many digits a number is complete by itself."""
        if self.code:
            return CODE_LENGTH
        return CHAT_CODE_LENGTH if self.joins else None


class Keypad:
    """Collects keys until they mean something.

    `#` ends a number and `*` takes it back. A first key is an answer on offer or, for `0`, the
    wish for a person, unless a number was asked for; then a `0` that stays alone is that wish.
    """

    def __init__(self) -> None:
        self._keyed = ""

    @property
    def collecting(self) -> bool:
        """Whether a number has been begun."""
        return bool(self._keyed)

    def press(self, key: str, expected: Expected) -> Meaning | None:
        """Take one key; return what it completes, if anything."""
        match key:
            case _ if key == ENDS_NUMBER:
                return self.finish(expected)
            case _ if key == TAKES_BACK:
                return self._clear()
            case _ if len(key) == 1 and key in "0123456789":
                return self._digit(key, expected)
            case _:
                return None

    def finish(self, expected: Expected) -> Digits | ChatCode | Person | None:
        """Return what was keyed so far, as when the caller has pressed nothing for a while."""
        digits, self._keyed = self._keyed, ""
        if digits == PERSON_KEY:
            return Person()
        if expected.may_join and len(digits) == CHAT_CODE_LENGTH:
            return ChatCode(digits)
        return Digits(digits, secret=_secret(digits, expected)) if digits else None

    def _clear(self) -> Cleared | None:
        cleared, self._keyed = bool(self._keyed), ""
        return Cleared() if cleared else None

    def _digit(self, key: str, expected: Expected) -> Meaning | None:
        if not self._keyed and not expected.number:
            if key == PERSON_KEY:
                return Person()
            if key == YES_KEY and expected.permission:
                return Allowed()
            if key == LANGUAGE_KEY and expected.other_language:
                return OtherLanguage()
            if int(key) <= expected.choices:
                return Chosen(int(key) - 1)
        self._keyed += key
        return self.finish(expected) if len(self._keyed) == expected.length else None


def meant(keys: str, expected: Expected) -> Meaning | None:
    """Return what keys mean that come together: one alone as it would, more are a number."""
    number = keys.rpartition(TAKES_BACK)[2]
    if not number:
        return Cleared() if keys else None
    keypad, expected = Keypad(), replace(expected, number=expected.number or len(number) > 1)
    for key in number:
        meaning = keypad.press(key, expected)
        if meaning is not None:
            return meaning
    return keypad.finish(expected)


def _secret(digits: str, expected: Expected) -> bool:
    # A number as long as a card's is not for the record either.
    return expected.code or len(digits) == CODE_LENGTH or len(digits) >= _CARD_LENGTH
