"""A section of the shop's policies, as it is kept."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Json, utc_now


class Policy(Base):
    """One section, replaced as a whole when the shop changes it."""

    __tablename__ = "policies"

    section: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[Json]
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)
