"""The recording of a call, for agents to hear."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheSessions
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from crm_store.errors import NotRecorded
from crm_store.recordings.repository import RecordingRepository

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.get("/conversations/{conversation_id}/recording")
async def recording(conversation_id: UUID, sessions: TheSessions) -> Response:
    """Return what was recorded."""
    async with sessions() as session:
        sound = await RecordingRepository(session).sound(conversation_id)
    if sound is None:
        raise NotRecorded(f"conversation {conversation_id}")
    return Response(sound, media_type="audio/mpeg")
