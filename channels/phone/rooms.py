"""Where Twilio finds us while a caller speaks with an agent."""

from uuid import UUID

from channels.phone import twiml
from channels.phone.signature import question_url, webhook_url
from channels.settings import ChannelSettings


def room_of(settings: ChannelSettings, name: str) -> twiml.Room:
    """Return a room as the caller enters it."""
    return twiml.Room(
        name=name,
        events=webhook_url(settings, f"/phone/room/{name}/events"),
        waiting=webhook_url(settings, f"/phone/room/{name}/waiting"),
        left=question_url(settings, f"/phone/room/{name}/left"),
    )


def room_of_agent(
    settings: ChannelSettings, name: str, leg: UUID, *, ends: bool, muted: bool = False
) -> twiml.Room:
    """Return a room as an agent enters it, who needs no words while the caller is on the way."""
    return twiml.Room(
        name=name,
        events=webhook_url(settings, f"/phone/room/{name}/events"),
        waiting="",
        left=question_url(settings, f"/phone/leg/{leg}/left"),
        ends=ends,
        muted=muted,
    )
