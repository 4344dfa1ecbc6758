"""What a brief is written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crm_store.cases.models import Case
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer
from crm_store.forms.models import Form
from crm_store.handoffs.models import Handoff
from crm_store.orders.models import Order


@dataclass(frozen=True, slots=True)
class Deed:
    """Something on record that was done in the conversation, and the message that led to it."""

    kind: str
    ref: str
    """The number of what it was done to: of an order, a return or a case."""
    seq: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the customer's as the assistant understood it."""

    seq: int
    text: str
    intent: str | None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that is on record of a conversation, read at one moment."""

    at: datetime
    conversation: Conversation
    customer: Customer | None
    handoff: Handoff | None
    form: Form | None
    heard: Sequence[Heard]
    deeds: Sequence[Deed]
    orders: Sequence[Order]
    cases: Sequence[Case]
    suggested: int
    """How many products the customer was suggested here."""
