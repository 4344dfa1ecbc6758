"""The desk's routes for letting a conversation go."""

from uuid import UUID

from fastapi import APIRouter, BackgroundTasks
from sqlalchemy.ext.asyncio import AsyncSession

from channels.dependencies import TheHub, TheSessions, TheTurns
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.phone.dialling import TheDialling
from crm_store.base import Json
from crm_store.handoffs.service import close, return_to_bot
from crm_store.strategy.repository import PolicyRepository
from crm_store.strategy.wrap_up import WrapUp

router = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    dependencies=[Audited],
    max_body_size=bodies.LONGEST_BODY,
)


@router.get("/wrap-up")
async def wrap_up(sessions: TheSessions) -> Json:
    """Tell by which codes agents say what a conversation was about."""
    async with sessions() as session:
        return (await _rules(session)).model_dump(mode="json")


@router.post("/conversations/{conversation_id}/return")
async def give_back(
    conversation_id: UUID,
    body: bodies.Ending,
    who: TheAgent,
    sessions: TheSessions,
    hub: TheHub,
    turns: TheTurns,
    dialling: TheDialling,
    later: BackgroundTasks,
) -> dict[str, int]:
    """Let the assistant go on, with what the agent did in its memory."""
    async with sessions.begin() as session:
        told = await _told(session, body)
        conversation = await return_to_bot(session, conversation_id, who.agent, **told)
    turns.kick(conversation_id)
    later.add_task(dialling.release, conversation_id)
    hub.moved(conversation_id)
    return {"epoch": conversation.epoch}


@router.post("/conversations/{conversation_id}/close")
async def finish(
    conversation_id: UUID,
    body: bodies.Ending,
    who: TheAgent,
    sessions: TheSessions,
    hub: TheHub,
    dialling: TheDialling,
    later: BackgroundTasks,
) -> dict[str, int]:
    """End the conversation."""
    async with sessions.begin() as session:
        told = await _told(session, body)
        conversation = await close(session, conversation_id, who.agent, **told)
    later.add_task(dialling.release, conversation_id)
    hub.moved(conversation_id)
    return {"epoch": conversation.epoch}


async def _told(session: AsyncSession, body: bodies.Ending) -> Json:
    code = (await _rules(session)).required(body.code)
    return {**body.model_dump(), "code": code}


async def _rules(session: AsyncSession) -> WrapUp:
    return (await PolicyRepository(session).current()).wrap_up
