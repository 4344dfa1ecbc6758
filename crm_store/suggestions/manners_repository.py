"""Every query by which a suggestion would be unwelcome."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.cases.models import Case, CaseKind
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation, Handler
from crm_store.customers.models import Facet, Interest, InterestSource
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.returns.models import Return, ReturnLine
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.models import DIALOGUE, Outcome, Suggestion

PUT_OFF = "suggestions_put_off"
"""The event of a customer's "not now"."""
_COMPLAINTS = (CaseKind.complaint, CaseKind.damaged, CaseKind.wrong_item, CaseKind.missing)
_OF_PRODUCTS = (CaseKind.complaint, CaseKind.damaged, CaseKind.wrong_item)


@dataclass(frozen=True, slots=True)
class Dislikes:
    """What somebody wants never again."""

    products: frozenset[UUID]
    creators: frozenset[str]


class MannersRepository:
    """Knows what was refused, returned and complained about, and how often was offered."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def complaining(self, to: Audience) -> bool:
        """Return whether something that went wrong was reported in this conversation.

        Outside one it is any that the customer or browser still has open.
        """
        complaint = exists().where(
            Case.conversation_id == Conversation.id,
            Case.kind.in_(_COMPLAINTS),
            _conversations(to),
        )
        return bool(await self._session.scalar(select(complaint)))

    async def spoiled(self, customer_id: UUID) -> set[UUID]:
        """Return what a customer has sent back, or had to complain about.

        A case is about an order: each of its products counts.
        """
        returned = (
            select(Product.id)
            .join(ReturnLine, ReturnLine.sku == Product.sku)
            .join(Return, Return.id == ReturnLine.return_id)
            .where(Return.customer_id == customer_id)
        )
        complained = (
            select(Product.id)
            .join(OrderLine, OrderLine.product_id == Product.id)
            .join(Order, Order.id == OrderLine.order_id)
            .outerjoin(Case, (Case.order_id == Order.id) & Case.kind.in_(_OF_PRODUCTS))
            .where(
                Order.customer_id == customer_id,
                or_(Order.state == OrderState.returned, Case.id.is_not(None)),
            )
        )
        return set(await self._session.scalars(returned.union(complained)))

    async def dislikes(self, conversation_id: UUID | None, customer_id: UUID | None) -> Dislikes:
        """Return what somebody has said never to suggest again."""
        here = Interest.conversation_id == conversation_id
        theirs = here if customer_id is None else or_(here, Interest.customer_id == customer_id)
        rows = await self._session.scalars(
            select(Interest).where(
                theirs,
                Interest.source == InterestSource.stated,
                Interest.strength < 0,
                Interest.forgotten_at.is_(None),
            )
        )
        found = rows.all()
        return Dislikes(
            frozenset(one.product_id for one in found if one.product_id is not None),
            frozenset(one.text for one in found if one.facet is Facet.creator),
        )

    async def made_by(self, creators: Collection[str]) -> set[UUID]:
        """Return all products of some creators."""
        if not creators:
            return set()
        rows = await self._session.scalars(select(Product.id).where(Product.creator.in_(creators)))
        return set(rows)

    async def put_off_in(self, conversation_id: UUID) -> bool:
        """Return whether suggestions were declined, or put off, in a conversation."""
        put_off = exists().where(Event.conversation_id == conversation_id, Event.kind == PUT_OFF)
        declined = exists().where(
            Suggestion.conversation_id == conversation_id, Suggestion.outcome == Outcome.declined
        )
        return bool(await self._session.scalar(select(or_(put_off, declined))))

    async def declined_since(self, customer_id: UUID, since: datetime) -> bool:
        """Return whether a customer has declined a suggestion since a moment."""
        declined = exists().where(
            Suggestion.customer_id == customer_id,
            Suggestion.outcome == Outcome.declined,
            Suggestion.decided_at > since,
        )
        return bool(await self._session.scalar(select(declined)))

    async def unasked_since(
        self, conversation_id: UUID, customer_id: UUID | None, since: datetime
    ) -> int:
        """Return how often something was offered unasked; what was shown at once counts once."""
        counted = await self._session.scalar(
            select(func.count())
            .select_from(Suggestion)
            .where(
                _offered_to(conversation_id, customer_id),
                Suggestion.asked.is_(False),
                Suggestion.place.in_(DIALOGUE),
                Suggestion.rank == 1,
                Suggestion.created_at > since,
            )
        )
        return counted or 0


def _offered_to(conversation_id: UUID, customer_id: UUID | None) -> ColumnElement[bool]:
    here = Suggestion.conversation_id == conversation_id
    return here if customer_id is None else or_(here, Suggestion.customer_id == customer_id)


def _conversations(to: Audience) -> ColumnElement[bool]:
    if to.conversation is not None:
        return Conversation.id == to.conversation.id
    return (Conversation.handler != Handler.closed) & or_(
        Conversation.customer_id == to.customer if to.customer else false(),
        Conversation.visitor == to.visitor if to.visitor else false(),
    )
