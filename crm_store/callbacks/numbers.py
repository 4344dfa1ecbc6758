"""Which telephone numbers the shop calls."""

from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from crm_store.errors import NumberNotCallable

_CALLED: Final = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.UAN,
    }
)
_TEXTED: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
SHOWN: Final = 2
"""How many of a number's last digits are said, for its owner to know it by."""


def callable_number(spoken: str, *, region: str) -> str:
    """Return a number in E.164, or raise NumberNotCallable.

    One that costs the caller more than a call is none: the shop would pay for it.
    """
    try:
        number = phonenumbers.parse(spoken, region)
    except phonenumbers.NumberParseException as error:
        raise NumberNotCallable from error
    if not phonenumbers.is_valid_number(number):
        raise NumberNotCallable
    if phonenumbers.number_type(number) not in _CALLED:
        raise NumberNotCallable
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_textable(number: str) -> bool:
    """Return whether an E.164 number may be a mobile phone's, which alone gets texts."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and (phonenumbers.number_type(parsed) in _TEXTED)


def masked(number: str) -> str:
    """Return an E.164 number as it may be shown: its country and its last digits."""
    country = phonenumbers.parse(number).country_code
    return f"+{country} … {number[-SHOWN:]}"


def written(number: str) -> str:
    """Return an E.164 number in the groups in which people read it."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def digits(number: str) -> str:
    """Return an E.164 number as one says it at home, digit by digit."""
    national = phonenumbers.format_number(
        phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL
    )
    return " ".join(sign for sign in national if sign.isdigit())
