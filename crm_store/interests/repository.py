"""Every query on what people like; to be told of it, a customer must have proved who they are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Facet, Interest, InterestSource, Level
from crm_store.interests import queries
from crm_store.interests.liking import Liking
from crm_store.interests.strength import strength_now
from crm_store.strategy.policies import InterestPolicy
from crm_store.strategy.repository import PolicyRepository

NEVER = -1.0
_COMES_BACK = (
    *(InterestSource.imported, InterestSource.bought),
    *(InterestSource.returned, InterestSource.inferred),
)
"""What would be learned again from the same source, were it not remembered as forgotten."""


class InterestRepository:
    """Keeps what people say that they like, what they look at, and what follows from it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def state(
        self,
        conversation: Conversation,
        text: str,
        *,
        at: datetime,
        message_id: UUID | None,
    ) -> Interest:
        """Write down an interest in the customer's own words.

        It becomes a verified customer's at once; anybody else's stays with the conversation.
        """
        interest = _stated(conversation, text, at, message_id)
        self._session.add(interest)
        return interest

    def never(
        self,
        conversation: Conversation,
        product: UUID,
        title: str,
        *,
        at: datetime,
        message_id: UUID | None,
    ) -> Interest:
        """Write down that a product is never wanted again, as `state` does."""
        dislike = _stated(conversation, title, at, message_id)
        dislike.strength, dislike.product_id = NEVER, product
        self._session.add(dislike)
        return dislike

    def never_by(
        self, conversation: Conversation, creator: str, *, at: datetime, message_id: UUID | None
    ) -> Interest:
        """Write down that nothing of a creator is wanted again, as `state` does."""
        dislike = _stated(conversation, creator, at, message_id)
        dislike.strength, dislike.facet = NEVER, Facet.creator
        self._session.add(dislike)
        return dislike

    async def of(self, conversation: Conversation, *, at: datetime) -> Sequence[Liking]:
        """Return what the verified customer likes and does not, or raise LevelTooLow."""
        return await self.all_current(conversation.verified_customer(at), at=at)

    async def current(self, customer_id: UUID, *, at: datetime) -> Sequence[Liking]:
        """Return what a customer likes now, the strongest first, for the ranking."""
        known = await self.all_current(customer_id, at=at)
        dislikes = [one for one in known if one.interest.strength <= NEVER]
        return [
            liking
            for liking in known
            if liking.strength > 0 and not any(liking.contradicted_by(one) for one in dislikes)
        ]

    async def all_current(self, customer_id: UUID, *, at: datetime) -> Sequence[Liking]:
        """Return what a customer likes and does not, the strongest first, for the desk.

        What has faded, expired or been forgotten is not among it.
        """
        rules = (await PolicyRepository(self._session).current()).interests
        rows = await self._session.execute(
            select(Interest, Product.creator)
            .outerjoin(Product, Product.id == Interest.product_id)
            .where(Interest.customer_id == customer_id, Interest.forgotten_at.is_(None))
            .order_by(Interest.learned_at.desc(), Interest.id)
        )
        known = [_liking(interest, creator, rules, at) for interest, creator in rows]
        present = [liking for liking in known if not _is_gone(liking, rules, at)]
        return sorted(present, key=lambda liking: -liking.strength)

    async def latest_stated(self, conversation_id: UUID) -> Interest | None:
        """Return what was last said to be liked in a conversation."""
        found: Interest | None = await self._session.scalar(
            select(Interest)
            .where(
                Interest.conversation_id == conversation_id,
                Interest.source == InterestSource.stated,
                Interest.strength > 0,
            )
            .order_by(Interest.created_at.desc())
            .limit(1)
        )
        return found

    async def pass_to_customer(self, conversation_id: UUID, customer_id: UUID) -> None:
        """Give a conversation's interests to the customer whom it turned out to be."""
        await self._session.execute(
            update(Interest)
            .where(
                Interest.conversation_id == conversation_id,
                Interest.customer_id.is_(None),
            )
            .values(customer_id=customer_id)
        )

    async def observe(
        self,
        customer_id: UUID,
        product_id: UUID,
        source: InterestSource,
        *,
        at: datetime,
        message_id: UUID | None = None,
        event_id: int | None = None,
    ) -> UUID | None:
        """Write down that a customer looked at a product; return the row, if both exist."""
        terms = (await PolicyRepository(self._session).current()).interests.terms(source)
        kept: UUID | None = await self._session.scalar(
            queries.OBSERVE,
            {
                "customer": customer_id,
                "product": product_id,
                "source": source.value,
                "strength": terms.strength,
                "half_life": terms.half_life.total_seconds(),
                "at": at,
                "message": message_id,
                "event": event_id,
            },
        )
        return kept

    async def learn_from_orders(
        self, customers: Collection[UUID], *, at: datetime, message_id: UUID | None = None
    ) -> None:
        """Make what is known from purchases agree with some customers' orders and returns."""
        rules = (await PolicyRepository(self._session).current()).interests
        # The statement reads what this transaction has changed.
        await self._session.flush()
        await self._session.execute(
            queries.LEARN_FROM_ORDERS,
            {
                "customers": list(customers),
                "bought": rules.bought.strength,
                "returned": rules.returned.strength,
                "inferred": rules.inferred.strength,
                "infer_from": rules.infer_from,
                "at": at,
                "message": message_id,
            },
        )

    async def forget(
        self, conversation: Conversation, interests: Collection[UUID], *, at: datetime
    ) -> None:
        """Let some of the verified customer's interests count no more, or raise LevelTooLow.

        What would be learned again from the same orders is remembered as forgotten.
        """
        theirs = (
            Interest.customer_id == conversation.verified_customer(at),
            Interest.id.in_(interests),
        )
        comes_back = Interest.source.in_(_COMES_BACK)
        await self._session.execute(delete(Interest).where(*theirs, ~comes_back))
        await self._session.execute(
            update(Interest).where(*theirs, comes_back).values(forgotten_at=at)
        )

    async def remove_expired(self, *, at: datetime) -> None:
        """Remove what has been kept for as long as the policies say."""
        rules = (await PolicyRepository(self._session).current()).interests
        await self._session.execute(delete(Interest).where(_expired(rules, at)))


def _stated(
    conversation: Conversation, text: str, at: datetime, message_id: UUID | None
) -> Interest:
    proved = conversation.current_level(at) >= Level.verified
    return Interest(
        customer_id=conversation.customer_id if proved else None,
        conversation_id=conversation.id,
        text=text,
        language=conversation.language,
        source=InterestSource.stated,
        learned_at=at,
        message_id=message_id,
    )


def _liking(interest: Interest, creator: str | None, rules: InterestPolicy, at: datetime) -> Liking:
    left = strength_now(
        interest.strength,
        learned_at=interest.learned_at,
        at=at,
        half_life=rules.terms(interest.source).half_life,
    )
    return Liking(interest, left, creator)


def _is_gone(liking: Liking, rules: InterestPolicy, at: datetime) -> bool:
    interest = liking.interest
    expired = at - interest.learned_at > rules.terms(interest.source).kept
    # What is never wanted again does not fade; it is taken back, or it expires.
    faded = abs(liking.strength) < rules.faint and interest.strength > NEVER
    return expired or faded


def _expired(rules: InterestPolicy, at: datetime) -> ColumnElement[bool]:
    return or_(
        *(
            (Interest.source == source) & (Interest.learned_at < at - rules.terms(source).kept)
            for source in InterestSource
        )
    )
