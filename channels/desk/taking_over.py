"""The desk's route for taking a customer over from a colleague."""

from uuid import UUID

from fastapi import APIRouter

from channels.desk.auditing import demands
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.phone.consulting import TheConsulting
from crm_store.agents.roles import Right

router = APIRouter(
    prefix="/desk/api", route_class=DeskRoute, dependencies=[demands(Right.take_over)]
)


@router.post("/conversations/{conversation_id}/take-over")
async def take_over(
    conversation_id: UUID, who: TheAgent, consulting: TheConsulting
) -> dict[str, int]:
    """Go on with a customer whom a colleague has."""
    conversation = await consulting.take_over(conversation_id, who.agent)
    return {"epoch": conversation.epoch}
