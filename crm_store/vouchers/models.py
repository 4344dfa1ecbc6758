"""Money of the shop that whoever has the code may spend."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Record, states


class VoucherOrigin(StrEnum):
    """Why a voucher was given."""

    bought = "bought"
    goodwill = "goodwill"
    referral = "referral"
    refund = "refund"


class VoucherState(StrEnum):
    """What a voucher is worth today."""

    valid = "valid"
    used = "used"
    expired = "expired"


class Voucher(Record):
    """A sum, a code, and a last day."""

    __tablename__ = "vouchers"

    code: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )
    origin: Mapped[VoucherOrigin] = mapped_column(states(VoucherOrigin))
    value: Mapped[Decimal]
    currency: Mapped[str]
    valid_until: Mapped[date]
    """The last day on which it is taken."""
    used_at: Mapped[datetime | None]

    def state(self, today: date) -> VoucherState:
        """Return whether it can be spent today, and if not, why."""
        if self.used_at is not None:
            return VoucherState.used
        return VoucherState.valid if today <= self.valid_until else VoucherState.expired
