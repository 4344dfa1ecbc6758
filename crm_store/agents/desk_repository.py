"""Every query of the desk's lists. Each demands the agent who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Author, Conversation, Handler, Message
from crm_store.customers.models import Customer
from crm_store.handoffs.joined_repository import joined_by
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


class DeskRepository:
    """Reads what an agent may see, in the session it is given."""

    def __init__(self, session: AsyncSession, agent: Agent) -> None:
        self._session = session
        self._agent = agent

    async def lists(self) -> Sequence[Waiting]:
        """Return who waits, in the order in which they are served, and whom this agent has.

        Whom they have joined a colleague for, they have as well.
        """
        last_said = (
            select(Message.text)
            .where(
                Message.conversation_id == Conversation.id,
                Message.author == Author.customer,
            )
            .order_by(Message.seq.desc())
            .limit(1)
            .scalar_subquery()
        )
        ranks = func.coalesce(Handoff.ranks_at, Conversation.created_at)
        rows = await self._session.execute(
            select(Conversation, Handoff, Customer, last_said)
            .outerjoin(
                Handoff,
                and_(Handoff.conversation_id == Conversation.id, Handoff.ended_at.is_(None)),
            )
            .outerjoin(Customer, Customer.id == Conversation.customer_id)
            .where(
                or_(
                    Conversation.handler == Handler.queue,
                    and_(
                        Conversation.handler == Handler.agent,
                        or_(
                            Conversation.agent_id == self._agent.id,
                            joined_by(self._agent.id),
                        ),
                    ),
                )
            )
            .order_by(ranks)
            .limit(MOST_LISTED)
        )
        return [
            Waiting(conversation, handoff, customer and customer.name, text or "")
            for conversation, handoff, customer, text in rows
        ]
