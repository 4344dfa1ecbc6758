"""The steps of a call, each with everything that belongs to it in one transaction."""

from dataclasses import dataclass
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


async def hang_up(session: AsyncSession, conversation_id: UUID) -> bool:
    """End the conversation of a caller who is gone, whoever had it; False if it had ended."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    if conversation.handler is Handler.closed:
        return False
    now = utc_now()
    conversation.close(HUNG_UP, now)
    handoff = await HandoffRepository(session).open_of(conversation_id)
    if handoff is not None:
        handoff.ended_at, handoff.outcome = now, HUNG_UP
    await TurnRepository(session).give_up_owed(conversation_id)
    ConversationRepository(session).add(conversation, Author.system, kind=Kind.closed)
    EventRepository(session).record("conversation_closed", conversation, {"outcome": HUNG_UP})
    return True
