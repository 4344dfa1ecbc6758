"""Who is in the control group: customers to whom nothing is offered unasked."""

from hashlib import sha256
from uuid import UUID

_BITS = 53
"""As many as a float holds exactly."""


def in_control_group(customer: UUID, *, share: float, salt: str) -> bool:
    """Return whether a customer is among the share, from 0 to 1, that gets no unasked offers.

    The same customer always is or never is, as long as share and salt stay; a greater share adds
    customers and lets none go, and another salt draws anew. Drawn by a hash, as in Tang et al.,
    "Overlapping Experiment Infrastructure" (KDD 2010).
    """
    return _position(customer, salt) < share


def _position(customer: UUID, salt: str) -> float:
    """Return where in [0, 1) a customer lies, evenly spread over all customers."""
    drawn = sha256(f"{salt}:{customer}".encode()).digest()
    return (int.from_bytes(drawn[:8], "big") >> (64 - _BITS)) / (1 << _BITS)
