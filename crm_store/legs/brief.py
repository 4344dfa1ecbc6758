"""What an agent is told before they speak with a caller: facts, and nothing made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Author, Conversation, Message
from crm_store.customers.models import Customer, Level
from crm_store.handoffs.models import Handoff, Reason
from crm_store.handoffs.repository import HandoffRepository


@dataclass(frozen=True, slots=True)
class Brief:
    """Who calls, why they were passed on, what they said last and what was tried."""

    language: Language
    """Of the caller, in which the words are."""
    name: str | None
    level: Level
    reason: Reason | None
    words: str
    note: str
    waited: timedelta


async def brief_of(session: AsyncSession, conversation: Conversation, *, at: datetime) -> Brief:
    """Return what is known of a caller now."""
    handoff = await HandoffRepository(session).open_of(conversation.id)
    customer_id = conversation.customer_id
    customer = None if customer_id is None else await session.get(Customer, customer_id)
    return Brief(
        language=conversation.language,
        name=None if customer is None else customer.name,
        level=conversation.current_level(at),
        reason=None if handoff is None else handoff.reason,
        words=await _last_words(session, conversation, handoff),
        note=(handoff and handoff.note) or "",
        waited=timedelta(0) if handoff is None else at - handoff.created_at,
    )


async def _last_words(
    session: AsyncSession, conversation: Conversation, handoff: Handoff | None
) -> str:
    """Return what the caller said before they asked for a person, or else then."""
    latest = select(Message.text).where(
        Message.conversation_id == conversation.id, Message.author == Author.customer
    )
    before = latest if handoff is None else latest.where(Message.seq < handoff.trigger_seq)
    for said in (before, latest):
        words: str | None = await session.scalar(said.order_by(Message.seq.desc()).limit(1))
        if words:
            return words
    return ""
