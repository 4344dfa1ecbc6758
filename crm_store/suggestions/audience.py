"""For whom something is suggested."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level


@dataclass(frozen=True, slots=True)
class Audience:
    """The customer, as far as they are known, by a conversation or without one."""

    conversation: Conversation | None
    customer: UUID | None
    """Only whoever has proved it, or whom the shop itself names."""
    met: UUID | None
    """Who it is even if their proof has lapsed: that opens no data, but tells their group."""
    visitor: str | None
    """The browser, where there is no conversation."""

    @classmethod
    def of(cls, conversation: Conversation, at: datetime) -> Self:
        """Return whom a conversation is with."""
        customer = conversation.customer_id
        return cls(
            conversation,
            customer if conversation.current_level(at) >= Level.verified else None,
            customer if conversation.level >= Level.verified else None,
            None,
        )

    def __str__(self) -> str:
        return f"conversation {self.conversation.id}" if self.conversation else "no conversation"
