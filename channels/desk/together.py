"""The desk's routes for colleagues who help each other, and customers who wait for it."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheHub, TheSessions
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from crm_store.handoffs.holding import hold
from crm_store.handoffs.joining import join, part

router = APIRouter(
    prefix="/desk/api/conversations/{conversation_id}",
    route_class=DeskRoute,
    dependencies=[Audited],
    max_body_size=bodies.LONGEST_BODY,
)


@router.post("/join", status_code=204)
async def join_in(
    conversation_id: UUID, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> Response:
    """Speak beside the colleague who has the customer."""
    async with sessions.begin() as session:
        await join(session, conversation_id, who.agent)
    hub.moved(conversation_id)
    return Response(status_code=204)


@router.post("/part", status_code=204)
async def go(conversation_id: UUID, who: TheAgent, sessions: TheSessions, hub: TheHub) -> Response:
    """Leave the customer to the colleague alone again."""
    async with sessions.begin() as session:
        await part(session, conversation_id, who.agent)
    hub.moved(conversation_id)
    return Response(status_code=204)


@router.post("/wait", status_code=204)
async def wait(
    conversation_id: UUID,
    body: bodies.Hold,
    who: TheAgent,
    sessions: TheSessions,
    hub: TheHub,
) -> Response:
    """Have a customer in the chat told that it takes a moment, or that it goes on."""
    async with sessions.begin() as session:
        await hold(session, conversation_id, who.agent, held=body.held)
    hub.moved(conversation_id)
    return Response(status_code=204)
