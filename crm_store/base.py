"""What every table shares: the metadata, naming, ids and UTC timestamps."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Numeric, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# Named constraints, so that a later migration can drop one by its name.
_NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]


class Language(StrEnum):
    """The languages that the shop speaks, all equal."""

    de = "de"
    en = "en"


class UtcDateTime(TypeDecorator[datetime]):
    """A timestamp that goes in aware and comes out in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive timestamp rather than guess its zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Show the moment in UTC, whatever zone the server is set to."""
        return value and value.astimezone(UTC)


def utc_now() -> datetime:
    """Return the current moment; the one clock of the store."""
    return datetime.now(UTC)


def states(of: type[StrEnum]) -> Enum:
    """Return the column type of a state: its word as text, checked by the application."""
    return Enum(of, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e])


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        UUID: Uuid,
        Decimal: Numeric(12, 2),
        Json: JSONB,
        list[Json]: JSONB,
        Language: states(Language),
    }


class Record(Base):
    """A row with an id of its own and the moment it was written."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
