"""Which of the shop's rules a customer's words set off. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crm_store.handoffs.anger import anger_in, is_angry
from crm_store.handoffs.models import Reason
from crm_store.handoffs.phrases import phrases_in
from crm_store.handoffs.signs import Sign
from crm_store.strategy.escalation import Deed, EscalationPolicy

BY_PHRASE: Final = (Reason.vulnerable, Reason.legal, Reason.press)
"""The reasons that phrases tell of; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that was set off, what follows from it, and by what."""

    reason: Reason
    does: Deed
    signs: tuple[Sign, ...]


def trigger_in(text: str, before: Sequence[str], policy: EscalationPolicy) -> Trigger | None:
    """Return the rule that a message sets off; `before` is what was said before, newest first."""
    for reason in BY_PHRASE:
        signs = [Sign(reason, said) for said in phrases_in(text, getattr(policy, reason).all)]
        if signs:
            return _unless_off(reason, signs, policy)
    angry = anger_in(text, policy.anger)
    if is_angry(angry, before, policy.anger):
        return _unless_off(Reason.angry, angry, policy)
    return None


def _unless_off(reason: Reason, signs: Sequence[Sign], policy: EscalationPolicy) -> Trigger | None:
    deed: Deed = getattr(policy.does, reason)
    return None if deed is Deed.off else Trigger(reason, deed, tuple(signs))
