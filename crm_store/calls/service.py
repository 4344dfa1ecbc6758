"""The steps of a call, each with everything that belongs to it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.customers.claims import Claim
from crm_store.customers.models import Customer, Level
from crm_store.customers.repository import ClaimRepository
from crm_store.handoffs.repository import HandoffRepository
from crm_store.insight.repository import EventRepository
from crm_store.passages.moving import note_place

HUNG_UP = "hung_up"
"""The outcome of a conversation that the caller ended."""


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """The customer whose number somebody calls from; numbers can be faked, so it is a claim."""

    customer: UUID
    language: Language


async def known_caller(session: AsyncSession, number: str) -> KnownCaller | None:
    """Return whose number this is; None for a withheld, unknown or shared one."""
    repository = ClaimRepository(session)
    customer_id = await repository.claimed(Claim(phones=frozenset({number})))
    if customer_id is None:
        return None
    customer = await session.get_one(Customer, customer_id)
    return KnownCaller(customer_id, customer.language)


def note_claim(conversation: Conversation, caller: KnownCaller) -> None:
    """Note on a conversation who its caller may be; whoever is known already stays."""
    if conversation.customer_id is None:
        conversation.prove(caller.customer, Level.claimed, "caller_id", utc_now())


def note_claim_of(conversation: Conversation, caller: Conversation, at: datetime) -> None:
    """Note on a conversation whom its call was thought to come from before it was held there."""
    if conversation.customer_id is None and caller.customer_id is not None:
        conversation.prove(caller.customer_id, Level.claimed, "caller_id", at)


async def hang_up(session: AsyncSession, conversation_id: UUID) -> bool:
    """Note that a caller is gone, whoever had the conversation; False if it had ended.

    One that can be read as a chat goes on there; any other ends.
    """
    conversation = await ConversationRepository(session).lock(conversation_id)
    if conversation.handler is Handler.closed:
        conversation.end_call()
        return False
    if conversation.visitor is None:
        await part(session, conversation, HUNG_UP, at=utc_now())
    else:
        conversation.end_call()
        note_place(session, conversation)
    return True


async def part(
    session: AsyncSession, conversation: Conversation, outcome: str, *, at: datetime
) -> None:
    """End a locked conversation whose call is over, or goes on with another one."""
    conversation.end_call()
    conversation.close(outcome, at)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.ended_at, handoff.outcome = at, outcome
    await TurnRepository(session).give_up_owed(conversation.id)
    ConversationRepository(session).add(conversation, Author.system, kind=Kind.closed)
    EventRepository(session).record("conversation_closed", conversation, {"outcome": outcome})
