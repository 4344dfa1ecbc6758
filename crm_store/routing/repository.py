"""Every query on who waits, who is free, and what is offered to whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store.conversations.models import Conversation, Handler
from crm_store.errors import OfferGone
from crm_store.handoffs.models import Handoff
from crm_store.routing.models import Duty, Offer, OfferState, Status

_ROUTING = 0x0FFE
"""The lock under which offers are made, by one process at a time."""
MOST_CONSIDERED = 500

_RINGING = Offer.state == OfferState.ringing


@dataclass(frozen=True, slots=True)
class Load:
    """How many customers an agent has, by how they are answered."""

    chats: int = 0
    calls: int = 0


class OfferRepository:
    """Reads and writes offers in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hold(self) -> bool:
        """Be the only one who makes offers until the transaction ends; False if another is."""
        return bool(await self._session.scalar(select(func.pg_try_advisory_xact_lock(_ROUTING))))

    def add(self, offer: Offer) -> None:
        """Let an offer ring."""
        self._session.add(offer)

    async def for_writing(self, offer_id: UUID, agent_id: UUID) -> Offer:
        """Return an offer to this very agent, or raise OfferGone."""
        found: Offer | None = await self._session.scalar(
            select(Offer).where(Offer.id == offer_id, Offer.agent_id == agent_id).with_for_update()
        )
        if found is None:
            raise OfferGone(str(offer_id))
        return found

    async def conversation_of(self, offer: Offer) -> UUID:
        """Return whom it is about."""
        handoff = await self._session.get_one(Handoff, offer.handoff_id)
        return handoff.conversation_id

    async def ringing_at(self, agent_id: UUID) -> UUID | None:
        """Return what rings at an agent."""
        found: UUID | None = await self._session.scalar(
            select(Offer.id).where(_RINGING, Offer.agent_id == agent_id)
        )
        return found

    async def first_in_line(self) -> UUID | None:
        """Return the conversation that is served next, whether it is offered to somebody or not."""
        found: UUID | None = await self._session.scalar(
            select(Handoff.conversation_id)
            .join(Conversation, Conversation.id == Handoff.conversation_id)
            .where(Conversation.handler == Handler.queue, Handoff.ended_at.is_(None))
            .order_by(Handoff.ranks_at)
            .limit(1)
        )
        return found

    async def held_by(self, agent_id: UUID) -> Sequence[Conversation]:
        """Return the conversations that an agent has."""
        rows = await self._session.scalars(
            select(Conversation).where(
                Conversation.handler == Handler.agent, Conversation.agent_id == agent_id
            )
        )
        return rows.all()

    async def ringing(self) -> Sequence[tuple[Offer, UUID]]:
        """Return what rings, each with the conversation that is offered."""
        rows = await self._session.execute(
            select(Offer, Handoff.conversation_id)
            .join(Handoff, Handoff.id == Offer.handoff_id)
            .where(_RINGING)
        )
        return [(offer, conversation) for offer, conversation in rows]

    async def run_out(self, *, at: datetime) -> Sequence[Offer]:
        """End the offers that have rung for long enough, and return them."""
        return await self._end(OfferState.missed, Offer.rings_until <= at, at)

    async def withdraw_settled(self, *, at: datetime) -> Sequence[Offer]:
        """End the offers of customers who do not wait any more, and return them."""
        waits = exists().where(
            Handoff.id == Offer.handoff_id,
            Handoff.ended_at.is_(None),
            Conversation.id == Handoff.conversation_id,
            Conversation.handler == Handler.queue,
        )
        return await self._end(OfferState.withdrawn, ~waits, at)

    async def waiting(self) -> Sequence[tuple[Handoff, Conversation]]:
        """Return who waits and is offered to nobody, in the order in which they are served."""
        rung = exists().where(Offer.handoff_id == Handoff.id, _RINGING)
        rows = await self._session.execute(
            select(Handoff, Conversation)
            .join(Conversation, Conversation.id == Handoff.conversation_id)
            .where(Conversation.handler == Handler.queue, Handoff.ended_at.is_(None), ~rung)
            .order_by(Handoff.ranks_at)
            .limit(MOST_CONSIDERED)
        )
        return [(handoff, conversation) for handoff, conversation in rows]

    async def on_duty(self, *, at: datetime, seen_after: datetime) -> Sequence[Duty]:
        """Return the duty of everybody who is there, available, and whom nothing rings at."""
        rung = exists().where(Offer.agent_id == Duty.agent_id, _RINGING)
        rows = await self._session.scalars(
            select(Duty).where(
                Duty.status == Status.available,
                Duty.here_at > seen_after,
                or_(Duty.wrap_up_until.is_(None), Duty.wrap_up_until <= at),
                ~rung,
            )
        )
        return rows.all()

    async def loads(self) -> dict[UUID, Load]:
        """Return how many customers each agent has."""
        by_phone = Conversation.call.is_not(None)
        rows = await self._session.execute(
            select(
                Conversation.agent_id,
                func.count().filter(~by_phone),
                func.count().filter(by_phone),
            )
            .where(Conversation.handler == Handler.agent, Conversation.agent_id.is_not(None))
            .group_by(Conversation.agent_id)
        )
        return {agent: Load(*load) for agent, *load in rows if agent is not None}

    async def last_agents(self, conversations: Collection[UUID]) -> dict[UUID, UUID]:
        """Return who had each conversation's customer last, by conversation."""
        now, before = aliased(Conversation), aliased(Conversation)
        # Two joins and not one with an OR, which no index would help.
        theirs = union_all(
            select(now.id, now.id.label("before")).where(now.id.in_(conversations)),
            select(now.id, before.id)
            .join(before, before.customer_id == now.customer_id)
            .where(now.id.in_(conversations)),
        ).subquery()
        rows = await self._session.execute(
            select(theirs.c.id, Handoff.agent_id)
            .ext(distinct_on(theirs.c.id))
            .join(Handoff, Handoff.conversation_id == theirs.c.before)
            .where(Handoff.agent_id.is_not(None))
            .order_by(theirs.c.id, Handoff.created_at.desc())
        )
        return {conversation: agent for conversation, agent in rows if agent is not None}

    async def let_pass(self, handoffs: Collection[UUID]) -> dict[UUID, list[tuple[UUID, datetime]]]:
        """Return by hand-off who has let it pass, and when."""
        rows = await self._session.execute(
            select(Offer.handoff_id, Offer.agent_id, Offer.ended_at).where(
                Offer.handoff_id.in_(handoffs),
                Offer.state.in_((OfferState.missed, OfferState.declined)),
            )
        )
        passed: defaultdict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
        for handoff, agent, ended in rows:
            if ended is not None:
                passed[handoff].append((agent, ended))
        return passed

    async def _end(
        self, state: OfferState, which: ColumnElement[bool], at: datetime
    ) -> Sequence[Offer]:
        rows = await self._session.scalars(
            update(Offer)
            .where(and_(_RINGING, which))
            .values(state=state, ended_at=at)
            .returning(Offer)
            .execution_options(synchronize_session=False)
        )
        return rows.all()
