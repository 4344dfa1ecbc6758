"""The desk's routes for speaking with a caller oneself."""

from uuid import UUID

from fastapi import APIRouter

from channels.dependencies import TheSessions, TheSettings
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.phone.leg_routes import TheDialling
from crm_store.agents.models import Agent
from crm_store.agents.telephone import change_profile
from crm_store.base import Json

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.post("/me")
async def profile(
    body: bodies.Profile, who: TheAgent, sessions: TheSessions, settings: TheSettings
) -> Json:
    """Note where and in which language the agent is rung."""
    async with sessions.begin() as session:
        agent = await change_profile(
            session,
            who.agent.id,
            phone=body.phone,
            language=body.language,
            region=settings.rapport_region,
        )
    return show_agent(agent)


@router.post("/conversations/{conversation_id}/speak")
async def speak(conversation_id: UUID, who: TheAgent, dialling: TheDialling) -> dict[str, str]:
    """Have the agent's telephone rung, for them to speak with a caller."""
    leg = await dialling.ring(conversation_id, who.agent)
    return {"leg": str(leg.id)}


def show_agent(agent: Agent) -> Json:
    """Show an agent themself."""
    return {
        "id": str(agent.id),
        "name": agent.name,
        "login": agent.login,
        "phone": agent.phone or "",
        "language": agent.language,
    }
