"""What was found in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Something found in a text: what it is, where it stands, and its usual form."""

    entity: str
    start: int
    end: int
    value: str
