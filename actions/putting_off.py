"""Whether a no to a suggestion means "not now": what was shown is not refused by that."""

import re
from typing import Final

_LATER: Final = re.compile(
    r"\b(?:not (?:right )?now|not (?:just )?yet|not today|not (?:at|for) (?:the|this) moment"
    r"|later|(?:an)?other (?:time|day)|some other time|no need right now"
    r"|(?:jetzt|heute|gerade|momentan|im moment|noch) (?:lieber |bitte |gerade )?nicht"
    r"|nicht (?:jetzt|heute|gerade|im moment)|später|spaeter|ein ?ander(?:es )?mal"
    r"|gerade kein)\b",
    re.IGNORECASE,
)


def says_not_now(text: str) -> bool:
    """Return whether words put something off rather than refuse it."""
    return _LATER.search(text) is not None
