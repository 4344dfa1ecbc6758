"""Every query on messages that wait to be sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Conversation
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactPoint
from crm_store.outbox.models import OutboxMessage

MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=5)


class OutboxRepository:
    """Keeps messages until they are sent."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(
        self, contact: ContactPoint, language: Language, text: str, *, at: datetime
    ) -> OutboxMessage:
        """Have a message sent to a contact on file, once this transaction is committed."""
        message = OutboxMessage(
            customer_id=contact.customer_id,
            kind=contact.kind,
            address=contact.value,
            language=language,
            text=text,
            not_before=at,
        )
        self._session.add(message)
        return message

    def write_to(
        self, contact: Contact, conversation: Conversation, text: str, *, at: datetime
    ) -> None:
        """Have a message sent to where somebody says that they can be reached."""
        self._session.add(
            OutboxMessage(
                conversation_id=conversation.id,
                kind=contact.kind,
                address=contact.value,
                language=conversation.language,
                text=text,
                not_before=at,
            )
        )

    async def take_due(
        self, *, at: datetime, lease: timedelta, most: int = 20
    ) -> Sequence[OutboxMessage]:
        """Return messages to send now; they come again after the lease unless marked by then."""
        rows = await self._session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.given_up_at.is_(None),
                OutboxMessage.not_before <= at,
            )
            .order_by(OutboxMessage.created_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = rows.all()
        for message in taken:
            message.attempts += 1
            message.not_before = at + lease
        return taken

    async def mark_sent(self, message_id: UUID, *, at: datetime, keep_text: bool = False) -> None:
        """Note that a message is on its way, and forget its words unless they are to be shown."""
        message = await self._session.get_one(OutboxMessage, message_id)
        message.sent_at = at
        if not keep_text:
            message.text = ""

    async def retry_later(self, message_id: UUID, *, at: datetime) -> None:
        """Try again after a pause that doubles each time, and give up in the end."""
        message = await self._session.get_one(OutboxMessage, message_id)
        if message.attempts >= MOST_ATTEMPTS:
            message.given_up_at, message.text = at, ""
        message.not_before = at + FIRST_PAUSE * 2 ** max(message.attempts - 1, 0)

    async def latest(self, *, most: int = 50) -> Sequence[OutboxMessage]:
        """Return the newest messages, for the demo to show."""
        rows = await self._session.scalars(
            select(OutboxMessage).order_by(OutboxMessage.created_at.desc()).limit(most)
        )
        return rows.all()
