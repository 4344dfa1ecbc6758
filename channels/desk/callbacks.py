"""The desk's routes for the calls that the shop owes."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheHub, TheSessions
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.hub import QUEUE
from channels.phone.calling_back import TheCallingBack
from crm_store.base import utc_now
from crm_store.callbacks import keeping

router = APIRouter(
    prefix="/desk/api/callbacks/{request}",
    route_class=DeskRoute,
    dependencies=[Audited],
)


@router.post("/take", status_code=204)
async def take(request: UUID, who: TheAgent, sessions: TheSessions, hub: TheHub) -> Response:
    """Leave a call to this agent, so that it is not made by itself."""
    async with sessions.begin() as session:
        await keeping.take_over(session, request, who.agent.id)
    hub.tell(QUEUE)
    return Response(status_code=204)


@router.post("/call", status_code=204)
async def call(request: UUID, who: TheAgent, calling_back: TheCallingBack) -> Response:
    """Call the customer now; who answers is this agent's."""
    await calling_back.call(request, agent_id=who.agent.id)
    return Response(status_code=204)


@router.post("/cancel", status_code=204)
async def cancel(request: UUID, sessions: TheSessions, hub: TheHub) -> Response:
    """Let nobody call any more, or take note of one who was not reached."""
    async with sessions.begin() as session:
        await keeping.cancel(session, request, at=utc_now())
    hub.tell(QUEUE)
    return Response(status_code=204)
