"""Where a letter about a customer's own data goes: to a contact that was long on file."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import ContactKind, ContactPoint
from crm_store.customers.repository import ClaimRepository


async def address_of_record(
    session: AsyncSession, conversation: Conversation, *, at: datetime
) -> ContactPoint | None:
    """Return the verified customer's oldest contact, an e-mail if there is one.

    It raises LevelTooLow for a stranger.
    """
    contacts = await ClaimRepository(session).contacts(conversation.verified_customer(at))
    ranked = sorted(
        contacts,
        key=lambda contact: (not contact.may_get_codes(at), contact.kind is not ContactKind.email),
    )
    return ranked[0] if ranked else None
