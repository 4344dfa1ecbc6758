"""What was looked at, and what is to be done about it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How something was found."""

    fine = "fine"
    mend = "mend"
    unknown = "cannot tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    verdict: Verdict
    advice: str = ""
    """What is so, or what to do."""


def fine(what: str, advice: str = "") -> Finding:
    """Return that nothing is to be done."""
    return Finding(what, Verdict.fine, advice)


def mend(what: str, advice: str) -> Finding:
    """Return that something is to be done."""
    return Finding(what, Verdict.mend, advice)


def unknown(what: str, advice: str) -> Finding:
    """Return that it could not be found out, and why."""
    return Finding(what, Verdict.unknown, advice)


def judged(well: bool, what: str, *, if_not: str, if_so: str = "") -> Finding:
    """Return that something is as it should be, or what to do."""
    return fine(what, if_so) if well else mend(what, if_not)
