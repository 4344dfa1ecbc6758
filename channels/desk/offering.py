"""The desk's routes for what an agent is offered, and whether they are offered anything."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheHub, TheSessions
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.hub import QUEUE
from crm_store.base import Json, utc_now
from crm_store.routing import service
from crm_store.routing.duty import choose_status

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.post("/offers/{offer}/accept")
async def accept(offer: UUID, who: TheAgent, sessions: TheSessions, hub: TheHub) -> Json:
    """Give the customer on offer to this agent, unless somebody was faster."""
    async with sessions.begin() as session:
        conversation, epoch = await service.accept(session, offer, who.agent, at=utc_now())
    hub.moved(conversation)
    return {"conversation": str(conversation), "epoch": epoch}


@router.post("/offers/{offer}/decline", status_code=204)
async def decline(offer: UUID, who: TheAgent, sessions: TheSessions, hub: TheHub) -> Response:
    """Let another agent be asked."""
    async with sessions.begin() as session:
        await service.decline(session, offer, who.agent, at=utc_now())
    hub.tell(QUEUE)
    return Response(status_code=204)


@router.post("/duty", status_code=204)
async def duty(body: bodies.Duty, who: TheAgent, sessions: TheSessions, hub: TheHub) -> Response:
    """Take or leave customers from now on."""
    async with sessions.begin() as session:
        await choose_status(session, who.agent.id, body.status, at=utc_now())
    hub.tell(QUEUE)
    return Response(status_code=204)
