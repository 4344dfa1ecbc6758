"""Every query on vouchers."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.errors import TooManyTries, VoucherNotFound
from crm_store.insight.repository import EventRepository
from crm_store.vouchers.codes import new_code, tidy
from crm_store.vouchers.models import Voucher, VoucherOrigin

MOST_MISSES: Final = 5
"""How many codes that do not exist a conversation may try."""
MISSED: Final = "voucher_not_found"
CODE_LENGTH: Final = 8


class VoucherRepository:
    """Issues vouchers and finds them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def issue(
        self,
        value: Decimal,
        currency: str,
        *,
        origin: VoucherOrigin,
        valid_until: date,
        customer_id: UUID | None = None,
    ) -> Voucher:
        """Make a voucher; whoever has its code may spend it."""
        voucher = Voucher(
            code=new_code("GUT", length=CODE_LENGTH),
            customer_id=customer_id,
            origin=origin,
            value=value,
            currency=currency,
            valid_until=valid_until,
        )
        self._session.add(voucher)
        return voucher

    async def demand_tries(self, conversation: Conversation) -> None:
        """Raise TooManyTries for a conversation that seems to be guessing codes."""
        missed = await EventRepository(self._session).count(MISSED, conversation)
        if missed >= MOST_MISSES:
            raise TooManyTries(f"conversation {conversation.id}")

    async def find(self, code: str) -> Voucher:
        """Return the voucher of a code, or raise VoucherNotFound."""
        found: Voucher | None = await self._session.scalar(
            select(Voucher).where(Voucher.code == tidy(code))
        )
        if found is None:
            raise VoucherNotFound
        return found

    def missed(self, conversation: Conversation, *, cause: UUID | None = None) -> None:
        """Count a code that does not exist against the conversation."""
        EventRepository(self._session).record(MISSED, conversation, cause=cause)

    async def of(self, conversation: Conversation, *, at: datetime) -> Sequence[Voucher]:
        """Return the verified customer's vouchers, the newest first, or raise LevelTooLow."""
        rows = await self._session.scalars(
            select(Voucher)
            .where(Voucher.customer_id == conversation.verified_customer(at))
            .order_by(Voucher.created_at.desc())
        )
        return rows.all()
