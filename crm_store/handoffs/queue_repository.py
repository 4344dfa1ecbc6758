"""Conversations that wait for somebody or are with somebody, as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Conversation, Handler, Message
from crm_store.customers.models import Customer
from crm_store.handoffs.models import Handoff, Reason

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation as a line of the desk's lists."""

    conversation: Conversation
    handoff: Handoff | None
    name: str | None
    preview: str

    @property
    def reason(self) -> Reason | None:
        """Why a person is needed."""
        return None if self.handoff is None else self.handoff.reason

    @property
    def since(self) -> datetime:
        """Since when."""
        begun = self.conversation if self.handoff is None else self.handoff
        return begun.created_at


class QueueRepository:
    """Reads who waits for a person, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def waiting(self) -> Sequence[Waiting]:
        """Return who waits, in the order in which they are served."""
        return await lines(self._session, LINES.where(Conversation.handler == Handler.queue))


async def lines(session: AsyncSession, query: Select[Any]) -> Sequence[Waiting]:
    """Return the lines that a query of them yields."""
    return [
        Waiting(conversation, handoff, customer and customer.name, text or "")
        for conversation, handoff, customer, text in await session.execute(query)
    ]


_LAST_SAID = (
    select(Message.text)
    .where(Message.conversation_id == Conversation.id, Message.author == Author.customer)
    .order_by(Message.seq.desc())
    .limit(1)
    .scalar_subquery()
)
LINES: Select[Any] = (
    select(Conversation, Handoff, Customer, _LAST_SAID)
    .outerjoin(
        Handoff, and_(Handoff.conversation_id == Conversation.id, Handoff.ended_at.is_(None))
    )
    .outerjoin(Customer, Customer.id == Conversation.customer_id)
    .order_by(func.coalesce(Handoff.ranks_at, Conversation.created_at))
    .limit(MOST_LISTED)
)
"""All conversations in the order in which they are served, to be narrowed."""
