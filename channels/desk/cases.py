"""The desk's routes for matters that somebody must see to."""

from uuid import UUID

from fastapi import APIRouter

from channels.dependencies import TheHub, TheSessions
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.desk.show_brief import show_case
from channels.hub import QUEUE
from crm_store.base import Json, utc_now
from crm_store.cases.steps import Change, Opening, change_case, open_case

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.post("/conversations/{conversation_id}/cases")
async def promise(
    conversation_id: UUID,
    body: bodies.OpenedCase,
    who: TheAgent,
    sessions: TheSessions,
    hub: TheHub,
) -> Json:
    """Open a case, which comes back to the desk by itself when it is due."""
    opening = Opening(body.kind, body.text, body.due_at, body.tags)
    async with sessions.begin() as session:
        case = await open_case(session, conversation_id, who.agent, opening, at=utc_now())
    hub.tell(QUEUE)
    return show_case(case)


@router.post("/cases/{case}")
async def change(
    case: UUID, body: bodies.ChangedCase, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> Json:
    """Settle a case, have it come back at another time, tag it, or see to it oneself."""
    wanted = Change(body.state, body.due_at, body.tags, body.mine)
    async with sessions.begin() as session:
        changed = await change_case(session, case, who.agent, wanted, at=utc_now())
    hub.tell(QUEUE)
    return show_case(changed)
