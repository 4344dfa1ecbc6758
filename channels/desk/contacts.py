"""The desk's route for what was said in an earlier contact."""

from uuid import UUID

from fastapi import APIRouter

from channels.dependencies import TheSessions
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.desk.frames import message_frame
from crm_store.agents.story_repository import StoryRepository
from crm_store.base import Json
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.repository import EventRepository

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.get("/conversations/{conversation_id}/transcript")
async def transcript(conversation_id: UUID, who: TheAgent, sessions: TheSessions) -> Json:
    """Tell all that was said and done, notes included; reading it is put on record."""
    async with sessions.begin() as session:
        conversations = ConversationRepository(session)
        conversation = await conversations.get(conversation_id)
        EventRepository(session).record("record_read", conversation, {"agent": str(who.agent.id)})
        messages = await StoryRepository(session, who.agent).messages(conversation_id)
        names = await conversations.agent_names(message.agent_id for message in messages)
    return {"messages": [message_frame(message, names) for message in messages]}
