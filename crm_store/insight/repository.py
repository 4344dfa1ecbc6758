"""Every query on the log of what happened."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation
from crm_store.insight.models import Event

PROVED = "customer_verified"
VIEWED = "viewed"


class EventRepository:
    """Adds facts to the log, in the transaction of whatever caused them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def record(
        self,
        kind: str,
        conversation: Conversation,
        facts: Json | None = None,
        *,
        cause: UUID | None = None,
    ) -> None:
        """Write down that something happened in a conversation."""
        self._session.add(
            Event(
                kind=kind,
                customer_id=conversation.customer_id,
                conversation_id=conversation.id,
                cause=cause,
                facts=facts or {},
            )
        )

    def note(
        self,
        kind: str,
        customer_id: UUID | None,
        facts: Json | None = None,
        *,
        visitor: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Write down what happened to a customer or visitor outside any conversation."""
        told = {"customer_id": customer_id, "visitor": visitor, "facts": facts or {}}
        self._session.add(Event(at=at or utc_now(), kind=kind, **told))

    async def last_viewed(
        self, customer_id: UUID | None, visitor: str | None, *, since: datetime
    ) -> str | None:
        """Return the number of the product that a customer or browser has looked at last.

        Of a browser it is only what nobody else was logged in for.
        """
        by_customer = Event.customer_id == customer_id if customer_id else false()
        in_browser = Event.visitor == visitor if visitor else false()
        theirs = or_(by_customer, in_browser & Event.customer_id.is_(None))
        sku: str | None = await self._session.scalar(
            select(Event.facts["sku"].astext)
            .where(Event.kind == VIEWED, theirs, Event.at > since)
            .order_by(Event.id.desc())
            .limit(1)
        )
        return sku

    async def count(self, kind: str, conversation: Conversation) -> int:
        """Return how often something has happened in a conversation."""
        counted = await self._session.scalar(
            select(func.count())
            .select_from(Event)
            .where(Event.conversation_id == conversation.id, Event.kind == kind)
        )
        return counted or 0

    async def latest(self, kind: str, conversation: Conversation) -> Json | None:
        """Return the facts of what happened last of a kind in a conversation."""
        facts: Json | None = await self._session.scalar(
            select(Event.facts)
            .where(Event.conversation_id == conversation.id, Event.kind == kind)
            .order_by(Event.id.desc())
            .limit(1)
        )
        return facts

    async def has_recorded(self, kind: str, conversation: Conversation, facts: Json) -> bool:
        """Return whether something of a kind has happened in a conversation, with these facts."""
        happened = exists().where(
            Event.conversation_id == conversation.id,
            Event.kind == kind,
            Event.facts.contains(facts),
        )
        return bool(await self._session.scalar(select(happened)))

    async def of_kinds(
        self, kinds: Collection[str], conversation: Conversation, *, since: datetime
    ) -> Sequence[Event]:
        """Return what of some kinds has happened in a conversation since a moment, in order."""
        rows = await self._session.scalars(
            select(Event)
            .where(
                Event.conversation_id == conversation.id, Event.kind.in_(kinds), Event.at >= since
            )
            .order_by(Event.id)
        )
        return rows.all()

    async def has_caused(
        self, message_id: UUID, *, but: Collection[str] = frozenset({PROVED})
    ) -> bool:
        """Return whether a message has led to a deed; to prove who one is, is none."""
        led_to = exists().where(Event.cause == message_id, Event.kind.not_in(but))
        return bool(await self._session.scalar(select(led_to)))
