"""What people at the desk may do, by their role."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody at the desk is there for."""

    agent = "agent"
    lead = "lead"
    supervisor = "supervisor"
    admin = "admin"
    auditor = "auditor"


class Right(StrEnum):
    """Something that not everybody may do."""

    enter = "enter"
    """Be at the desk, and look after one's own account."""
    serve = "serve"
    """Read conversations, take them and answer."""
    coach = "coach"
    """Listen in on a colleague, and tell them what the customer does not see."""
    oversee = "oversee"
    """See the board with its figures, take them along, take over from a colleague."""
    administer = "administer"
    """Change records, policies and who works here."""
    audit = "audit"
    """Read who has looked at or changed what."""


_SERVING: Final = frozenset({Right.enter, Right.serve})
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.agent: _SERVING,
    Role.lead: _SERVING | {Right.coach},
    Role.supervisor: _SERVING | {Right.coach, Right.oversee},
    Role.admin: frozenset(Right),
    # Whoever checks the others reads no customer's matters.
    Role.auditor: frozenset({Right.enter, Right.audit}),
}
