"""The words of somebody who waits for a code in vain."""

import re
from typing import Final

_NONE: Final = (
    r"(?:kein\w*|nicht|nie|nichts|noch nix|nix|no|not|none|never|nothing|\w+n['’]t|havent|didnt)"
)
_CODE: Final = r"(?:codes?|sms|nachricht|e-?mail|mail|text|message)"
_CAME: Final = (
    r"(?:(?:an)?gekommen|(?:an)?komm(?:t|en)|bekomm\w*|erhalt\w*|gekriegt|krieg\w*|da"
    r"|came|comes?|coming|arriv\w*|receiv\w*|got|get\w*|there|here)"
)
_VAIN: Final = re.compile(
    rf"\b{_NONE}\b.*\b{_CODE}\b|\b{_CODE}\b.*\b{_NONE}\b"
    rf"|\b(?:nichts|nix|nothing)\b.*\b{_CAME}\b|\b{_CAME}\b.*\b(?:nichts|nix|nothing)\b",
    re.IGNORECASE | re.DOTALL,
)


def says_nothing_came(text: str) -> bool:
    """Return whether the words say that there is no code, or no message at all."""
    return _VAIN.search(text) is not None
