"""Which of the assistant's questions are answered by what nobody else may see or hear."""

from crm_store.base import Json

SECRETS_ASKED_FOR = frozenset({"code", "pin"})
"""As the assistant names them."""


def asks_for_secret(slots: Json) -> bool:
    """Return whether the assistant has asked for something secret."""
    awaits = slots.get("awaits") or {}
    return bool(SECRETS_ASKED_FOR & {slots.get("requested_slot"), awaits.get("what")})
