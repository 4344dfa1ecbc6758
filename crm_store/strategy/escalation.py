"""What takes a customer to a person, as the shop has decided."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from crm_store.strategy.section import Section


class Deed(StrEnum):
    """What follows from a reason for a person."""

    off = "off"
    offer = "offer"
    """A person is offered, and the customer decides."""
    pass_on = "pass_on"  # noqa: S105 - no password
    """The customer is passed on at once."""


class Deeds(Section):
    """What follows from each reason; whoever asks for a person always gets one."""

    not_understood: Deed
    complaint: Deed
    insulted: Deed
    distress: Deed
    vulnerable: Deed
    legal: Deed
    press: Deed
    angry: Deed


class Phrases(Section):
    """What is looked for in customers' words, whichever language they are heard in.

    A `*` of its own stands for up to four words, one at the end of a word for any ending.
    """

    de: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The phrases of every language."""
        return (*self.de, *self.en)


class Anger(Section):
    """What is counted as a sign of anger, and how many points are enough."""

    points: int = Field(ge=1)
    strong: Phrases
    """Two points each."""
    lasting: Phrases
    """How often or how long it has gone wrong: one point."""


class Value(Section):
    """From when on a customer or an order is worth a person's time at once."""

    customer_from: Decimal
    """Of what was bought and kept within the days below."""
    days: int = Field(ge=1)
    order_from: Decimal
    """Of the order that is spoken of."""
    passes_on: bool
    """Whether such a customer is passed on where others are offered a person."""


class EscalationPolicy(Section):
    """When a person takes over."""

    does: Deeds
    legal: Phrases
    press: Phrases
    vulnerable: Phrases
    anger: Anger
    value: Value
