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
    take_over = "take_over"
    """Take a customer over from a colleague who has them."""
    oversee = "oversee"
    """See the board with its figures, and take them along."""
    administer = "administer"
    """Change records, policies and who works here."""
    audit = "audit"
    """Read who has looked at or changed what."""


_SERVING: Final = frozenset({Right.enter, Right.serve})
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.agent: _SERVING,
    Role.lead: _SERVING | {Right.take_over},
    Role.supervisor: _SERVING | {Right.take_over, Right.oversee},
    Role.admin: frozenset(Right),
    # Whoever checks the others reads no customer's matters.
    Role.auditor: frozenset({Right.enter, Right.audit}),
}
