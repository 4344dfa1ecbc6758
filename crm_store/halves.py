"""Vectors of half floats, passed to PostgreSQL as bytes: as text each takes half a millisecond."""

from typing import Any

from pgvector import HalfVector
from pgvector.sqlalchemy import HALFVEC
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from sqlalchemy import Dialect


class Halves(HALFVEC):
    """A vector, for a connection that `takes_halves`."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what turns a row of numbers into what the connection takes."""
        return HalfVector


class _Bytes(Dumper):
    format = Format.BINARY

    def dump(self, obj: HalfVector) -> Buffer:
        return obj.to_binary()


def takes_halves(connection: AdaptContext) -> None:
    """Let a connection pass vectors on as bytes."""
    # Without the type's number, which differs from database to database: the column tells it.
    connection.adapters.register_dumper(HalfVector, _Bytes)
