"""The desk's routes for standing by a colleague, and for taking a customer over."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.desk import bodies
from channels.desk.auditing import demands
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.phone.consulting import TheConsulting
from crm_store.agents.roles import Right

router = APIRouter(
    prefix="/desk/api",
    route_class=DeskRoute,
    dependencies=[demands(Right.take_over)],
    max_body_size=bodies.LONGEST_BODY,
)


@router.post("/conversations/{conversation_id}/take-over")
async def take_over(
    conversation_id: UUID, who: TheAgent, consulting: TheConsulting
) -> dict[str, int]:
    """Go on with a customer whom a colleague has."""
    conversation = await consulting.take_over(conversation_id, who.agent)
    return {"epoch": conversation.epoch}


@router.post("/conversations/{conversation_id}/listen")
async def listen_in(
    conversation_id: UUID, who: TheAgent, consulting: TheConsulting
) -> dict[str, str]:
    """Have one's telephone rung, to hear a colleague and a caller without being heard."""
    leg = await consulting.listen(conversation_id, who.agent)
    return {"leg": str(leg.id)}


@router.post("/conversations/{conversation_id}/whisper", status_code=204)
async def whisper(
    conversation_id: UUID, body: bodies.Whisper, who: TheAgent, consulting: TheConsulting
) -> Response:
    """Let the colleague alone hear who listens in, or nobody again."""
    await consulting.whisper(conversation_id, who.agent, whispers=body.whispers)
    return Response(status_code=204)
