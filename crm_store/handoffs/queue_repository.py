"""Conversations that wait for somebody or are with somebody, as lines of a list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language, utc_now
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    Handler,
    Message,
    level_at,
    medium_of,
)
from crm_store.customers.models import Customer, Level
from crm_store.handoffs.joined_repository import JoinedRepository
from crm_store.handoffs.models import Handoff, Reason

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation as a line of the desk's lists."""

    id: UUID
    channel: Channel
    language: Language
    reason: Reason | None
    """Why a person is needed."""
    department: str | None
    priority: int
    since: datetime
    name: str | None
    preview: str
    level: Level
    last_seq: int
    epoch: int
    agent_id: UUID | None


class QueueRepository:
    """Reads who waits for a person and who is with one, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def waiting(self) -> Sequence[Waiting]:
        """Return who waits, in the order in which they are served."""
        first = _LINES.where(Conversation.handler == Handler.queue).limit(MOST_LISTED)
        return await self._lines(first)

    async def held(self) -> Mapping[UUID, Sequence[Waiting]]:
        """Return by agent whom they have, and for whom they have joined a colleague."""
        joined = await JoinedRepository(self._session).everywhere()
        held: defaultdict[UUID, list[Waiting]] = defaultdict(list)
        for line in await self._lines(_LINES.where(Conversation.handler == Handler.agent)):
            for agent in (line.agent_id, *joined.get(line.id, ())):
                if agent is not None:
                    held[agent].append(line)
        return held

    async def _lines(self, query: Executable) -> Sequence[Waiting]:
        at = utc_now()
        return [_line(row, at) for row in await self._session.execute(query)]


def _line(row: Row[Any], at: datetime) -> Waiting:
    begun = row.created_at if row.asked_at is None else row.asked_at
    return Waiting(
        id=row.id,
        channel=medium_of(row.channel, row.call, row.visitor),
        language=row.language,
        reason=row.reason,
        department=row.department,
        priority=row.priority or 0,
        since=begun,
        name=row.name,
        preview=row.said or "",
        level=level_at(at, row.level, row.level_seen_at),
        last_seq=row.last_seq,
        epoch=row.epoch,
        agent_id=row.agent_id,
    )


_LAST_SAID = (
    select(Message.text)
    .where(Message.conversation_id == Conversation.id, Message.author == Author.customer)
    .order_by(Message.seq.desc())
    .limit(1)
    .scalar_subquery()
)
# Single columns and no records: every page is shown all of this whenever anything changes.
_LINES = (
    select(
        Conversation.id,
        Conversation.channel,
        Conversation.call,
        Conversation.visitor,
        Conversation.language,
        Conversation.level,
        Conversation.level_seen_at,
        Conversation.last_seq,
        Conversation.epoch,
        Conversation.agent_id,
        Conversation.created_at,
        Handoff.reason,
        Handoff.department,
        Handoff.priority,
        Handoff.created_at.label("asked_at"),
        (Customer.given_name + " " + Customer.family_name).label("name"),
        _LAST_SAID.label("said"),
    )
    .outerjoin(
        Handoff, and_(Handoff.conversation_id == Conversation.id, Handoff.ended_at.is_(None))
    )
    .outerjoin(Customer, Customer.id == Conversation.customer_id)
    .order_by(func.coalesce(Handoff.ranks_at, Conversation.created_at))
)
"""All conversations in the order in which they are served, to be narrowed."""
