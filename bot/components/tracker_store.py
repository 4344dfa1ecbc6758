"""The assistant's memory, in the same PostgreSQL as everything else and in a schema of its own."""

import os
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.orm import sessionmaker

SCHEMA = "rasa"


class PostgresTrackerStore(SQLTrackerStore):
    """Keeps what was said; of an old conversation it reads the last session only."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        self.engine = sa.create_engine(
            tracker_url(os.environ.get("RAPPORT_TRACKER_URL") or os.environ["DATABASE_URL"]),
            connect_args={"options": f"-csearch_path={SCHEMA}"},
            pool_pre_ping=True,
        )
        with self.engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            self.Base.metadata.create_all(connection)
        self.sessionmaker = sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain, event_broker, **kwargs)


def tracker_url(database_url: str) -> str:
    """Return the address with the driver that Rasa's older SQLAlchemy knows."""
    _, colon, rest = database_url.partition("://")
    return f"postgresql+psycopg2{colon}{rest}"
