"""A customer's code for friends, and the friends who came with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Record


class ReferralCode(Record):
    """The one code of a customer, which does not change."""

    __tablename__ = "referral_codes"

    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), unique=True
    )
    code: Mapped[str] = mapped_column(unique=True)


class Referral(Record):
    """A friend whose first order has arrived, and what the referrer was given for it."""

    __tablename__ = "referrals"

    code_id: Mapped[UUID] = mapped_column(
        ForeignKey(ReferralCode.id, ondelete="CASCADE"), index=True
    )
    friend_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), unique=True
    )
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey("vouchers.id"), unique=True)
    credited_at: Mapped[datetime]
