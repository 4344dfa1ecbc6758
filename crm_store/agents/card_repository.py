"""Every query of what an agent is told of the customer of a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store.agents.models import Agent
from crm_store.cases.models import Case
from crm_store.conversations.models import Author, Conversation, Message
from crm_store.customers.models import Customer, Interest
from crm_store.orders.models import Order
from crm_store.returns.models import Return

MOST_ORDERS = 50
MOST_RETURNS = 20
MOST_CASES = 20
MOST_EARLIER = 20


class SeenBy(StrEnum):
    """By what an earlier contact seems to be of the same person."""

    customer = "customer"
    browser = "browser"
    """Somebody else may use it."""
    number = "number"
    """Somebody else may call from it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier contact, told by the words that it began with."""

    conversation: Conversation
    summary: str
    seen_by: SeenBy


class CardRepository:
    """Reads what is on record of a customer, for the agent who looks."""

    def __init__(self, session: AsyncSession, _: Agent) -> None:
        self._session = session

    async def customer(self, customer_id: UUID) -> Customer | None:
        """Return the customer with every way to reach them."""
        rows = await self._session.scalars(
            select(Customer)
            .where(Customer.id == customer_id)
            .options(joinedload(Customer.contacts))
        )
        return rows.unique().one_or_none()

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
            .options(joinedload(Order.lines))
            .order_by(Order.placed_at.desc())
            .limit(MOST_ORDERS)
        )
        return rows.unique().all()

    async def returns(self, customer_id: UUID) -> Sequence[Return]:
        """Return what the customer has sent back or is about to, newest first."""
        rows = await self._session.scalars(
            select(Return)
            .where(Return.customer_id == customer_id)
            .options(joinedload(Return.lines))
            .order_by(Return.created_at.desc())
            .limit(MOST_RETURNS)
        )
        return rows.unique().all()

    async def cases(self, conversation_id: UUID, customer_id: UUID | None) -> Sequence[Case]:
        """Return the cases of the conversation and of its customer, the newest first."""
        here = Case.conversation_id == conversation_id
        theirs = here if customer_id is None else Case.customer_id == customer_id
        rows = await self._session.scalars(
            select(Case).where(or_(here, theirs)).order_by(Case.created_at.desc()).limit(MOST_CASES)
        )
        return rows.all()

    async def earlier(self, conversation: Conversation) -> Sequence[Earlier]:
        """Return the contacts before this one, on any channel, newest first.

        Beside the customer's own, those from the same browser or number that nobody has proved
        to be another's.
        """
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
                or_(_theirs(conversation), _maybe_theirs(conversation)),
                Conversation.created_at < conversation.created_at,
            )
            .order_by(Conversation.created_at.desc())
            .limit(MOST_EARLIER)
        )
        return [
            Earlier(before, words or "", _seen_by(before, conversation)) for before, words in rows
        ]


def _theirs(conversation: Conversation) -> ColumnElement[bool]:
    customer_id = conversation.customer_id
    return false() if customer_id is None else Conversation.customer_id == customer_id


def _maybe_theirs(conversation: Conversation) -> ColumnElement[bool]:
    visitor, caller = conversation.visitor, conversation.caller_hash
    same = or_(
        false() if visitor is None else Conversation.visitor == visitor,
        false() if caller is None else Conversation.caller_hash == caller,
    )
    return same & Conversation.customer_id.is_(None)


def _seen_by(before: Conversation, conversation: Conversation) -> SeenBy:
    if before.customer_id is not None:
        return SeenBy.customer
    same = before.visitor is not None and before.visitor == conversation.visitor
    return SeenBy.browser if same else SeenBy.number
