"""Every query of the desk. Each demands the agent who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.agents.models import Agent
from crm_store.base import Json, Language
from crm_store.catalogue.models import ProductText
from crm_store.conversations.models import (
    Author,
    Conversation,
    Effect,
    Handler,
    Message,
)
from crm_store.customers.models import Customer, Interest
from crm_store.handoffs.models import Handoff, Reason
from crm_store.orders.models import Order
from crm_store.suggestions.models import DIALOGUE, Suggestion

MOST_LISTED = 500
MOST_MESSAGES = 2000
MOST_ORDERS = 50
MOST_EARLIER = 20


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


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contact of the same customer, told by the words that it began with."""

    conversation: Conversation
    summary: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the assistant did for one of the messages."""

    seq: int
    action: str
    at: datetime
    result: Json


class DeskRepository:
    """Reads what an agent may see, in the session it is given."""

    def __init__(self, session: AsyncSession, agent: Agent) -> None:
        self._session = session
        self._agent = agent

    async def lists(self) -> Sequence[Waiting]:
        """Return who waits, in the order in which they are served, and whom this agent has."""
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
                        Conversation.agent_id == self._agent.id,
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

    async def messages(self, conversation_id: UUID) -> Sequence[Message]:
        """Return the latest messages of a conversation in order, notes included."""
        rows = await self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.seq.desc())
            .limit(MOST_MESSAGES)
        )
        return rows.all()[::-1]

    async def deeds(self, conversation_id: UUID) -> Sequence[Deed]:
        """Return what the assistant did, in the order of the messages that led to it."""
        rows = await self._session.execute(
            select(Message.seq, Effect.action, Effect.created_at, Effect.result)
            .join(Effect, Effect.message_id == Message.id)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.seq, Effect.nth)
        )
        return [Deed(seq, action, at, result) for seq, action, at, result in rows]

    async def customer(self, customer_id: UUID) -> Customer | None:
        """Return the customer with every way to reach them."""
        found: Customer | None = await self._session.scalar(
            select(Customer)
            .where(Customer.id == customer_id)
            .options(selectinload(Customer.contacts))
        )
        return found

    async def interests(
        self, conversation_id: UUID, customer_id: UUID | None
    ) -> Sequence[Interest]:
        """Return what the customer likes or does not, as far as it is known, the latest first.

        What they had forgotten is not known any more.
        """
        said_here = Interest.conversation_id == conversation_id
        theirs = said_here if customer_id is None else Interest.customer_id == customer_id
        rows = await self._session.scalars(
            select(Interest)
            .where(or_(said_here, theirs), Interest.forgotten_at.is_(None))
            .order_by(Interest.created_at.desc())
        )
        return rows.all()

    async def orders(self, customer_id: UUID) -> Sequence[Order]:
        """Return the customer's orders with their lines, newest first."""
        rows = await self._session.scalars(
            select(Order)
            .where(Order.customer_id == customer_id)
            .options(selectinload(Order.lines))
            .order_by(Order.placed_at.desc())
            .limit(MOST_ORDERS)
        )
        return rows.all()

    async def suggestions(
        self, conversation_id: UUID, language: Language
    ) -> Sequence[tuple[Suggestion, str]]:
        """Return what the customer was suggested in a conversation, each with its title."""
        title = func.coalesce(ProductText.title, "")
        rows = await self._session.execute(
            select(Suggestion, title)
            .outerjoin(
                ProductText,
                and_(
                    ProductText.product_id == Suggestion.product_id,
                    ProductText.language == language,
                ),
            )
            .where(
                Suggestion.conversation_id == conversation_id,
                Suggestion.place.in_(DIALOGUE),
            )
            .order_by(Suggestion.created_at, Suggestion.rank)
        )
        return [(suggestion, text) for suggestion, text in rows]

    async def earlier(self, conversation: Conversation) -> Sequence[Earlier]:
        """Return the customer's contacts before this one, on any channel, newest first."""
        if conversation.customer_id is None:
            return []
        began_with = (
            select(Message.text)
            .where(
                Message.conversation_id == Conversation.id,
                Message.author == Author.customer,
            )
            .order_by(Message.seq)
            .limit(1)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            select(Conversation, began_with)
            .where(
                Conversation.customer_id == conversation.customer_id,
                Conversation.created_at < conversation.created_at,
            )
            .order_by(Conversation.created_at.desc())
            .limit(MOST_EARLIER)
        )
        return [Earlier(before, words or "") for before, words in rows]
