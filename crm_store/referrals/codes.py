"""How a customer's code for friends begins: with their name, in plain letters. Pure."""

import unicodedata
from typing import Final

from crm_store.vouchers.codes import new_code

LENGTH: Final = 4
LONGEST_NAME: Final = 8
NAMELESS: Final = "AMI"
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "đ": "d"})


def new_friend_code(given_name: str) -> str:
    """Return a code such as ANA-7K2M."""
    first, *_ = given_name.lower().translate(_LETTERS).split() or [""]
    plain = unicodedata.normalize("NFKD", first)
    letters = "".join(letter for letter in plain if letter.isascii() and letter.isalpha())
    return new_code(letters.upper()[:LONGEST_NAME] or NAMELESS, length=LENGTH)
