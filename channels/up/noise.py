"""Lines that a program's libraries say to developers, and nobody who runs a shop needs."""

import re

_WARNING = re.compile(r"\.py:\d+: \w*Warning: ")
_LONGEST = 3
"""Lines of a warning after its first; the last of them is the code that it is about."""


class Warnings:
    """Recognises Python's warnings in the output of one program, line by line."""

    def __init__(self) -> None:
        self._left = 0

    def include(self, line: str) -> bool:
        """Tell whether this line belongs to a warning."""
        if _WARNING.search(line):
            self._left = _LONGEST
            return True
        if self._left == 0:
            return False
        # The code is indented, and ends the warning.
        self._left = 0 if line.startswith("  ") else self._left - 1
        return True
