"""The assistant's memory, in the same PostgreSQL as everything else and in a schema of its own."""

import json
import os
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

SCHEMA = "rasa"
INDEX = "CREATE INDEX IF NOT EXISTS events_of_a_conversation ON events (sender_id, id)"

LAST_SESSION = sa.text(
    """
    SELECT data FROM events
    WHERE sender_id = :conversation AND id >= coalesce((
        SELECT id FROM events
        WHERE sender_id = :conversation AND type_name = 'session_started'
        ORDER BY id DESC LIMIT 1
    ), 0)
    ORDER BY id
    """
)
ADD = sa.text(
    """
    INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
    SELECT :conversation, type_name, timestamp, intent_name, action_name, data
    FROM jsonb_to_recordset(:events) AS added (
        type_name text, timestamp float, intent_name text, action_name text, data text
    )
    """
)


class PostgresTrackerStore(SQLTrackerStore):
    """Keeps what was said; one query reads the last session, one adds what is new.

    Rasa's own store, whose table this is, asks four times a turn and finds each event's class anew.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        self.engine = sa.create_engine(
            tracker_url(os.environ.get("RAPPORT_TRACKER_URL") or os.environ["DATABASE_URL"]),
            # What a power cut takes from the bot's memory, the record still has.
            connect_args={"options": f"-csearch_path={SCHEMA} -csynchronous_commit=off"},
        )
        with self.engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            self.Base.metadata.create_all(connection)
            connection.execute(sa.text(INDEX))
        self._kinds = {kind.type_name: kind for kind in all_subclasses(Event)}
        TrackerStore.__init__(self, domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation's last session, or None where there is no conversation."""
        with self.engine.connect() as connection:
            rows = connection.execute(LAST_SESSION, {"conversation": sender_id}).all()
        if not rows:
            return None
        events = [self._event(json.loads(row.data)) for row in rows]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.events_kept = len(events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that came since the tracker was read; a new one is all new."""
        events = list(tracker.events)
        new = events[getattr(tracker, "events_kept", 0) :]
        if new:
            added = {"conversation": tracker.sender_id, "events": json.dumps(_rows(new))}
            with self.engine.begin() as connection:
                connection.execute(ADD, added)
        tracker.events_kept = len(events)

    def _event(self, kept: dict[str, Any]) -> Event:
        return self._kinds[kept["event"]]._from_parameters(kept)


def tracker_url(database_url: str) -> str:
    """Return the address with the driver that Rasa's older SQLAlchemy knows."""
    _, colon, rest = database_url.partition("://")
    return f"postgresql+psycopg2{colon}{rest}"


def _rows(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [_row(event.as_dict()) for event in events]


def _row(event: dict[str, Any]) -> dict[str, Any]:
    understood = event.get("parse_data") or {}
    return {
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": (understood.get("intent") or {}).get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }
