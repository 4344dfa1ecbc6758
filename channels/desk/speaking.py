"""The desk's routes for speaking with a caller oneself."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheSessions, TheSettings
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.phone.browser import BrowserPhone, address_of, browser_phone, token_of
from channels.phone.consulting import TheConsulting
from channels.phone.dialling import TheDialling
from crm_store.agents.repository import AgentRepository
from crm_store.base import Json
from crm_store.errors import NoTelephone
from crm_store.strategy.repository import PolicyRepository

router = APIRouter(prefix="/desk/api", route_class=DeskRoute, dependencies=[Audited])


@router.post("/conversations/{conversation_id}/speak")
async def speak(conversation_id: UUID, who: TheAgent, dialling: TheDialling) -> dict[str, str]:
    """Have the agent's telephone rung, for them to speak with a caller."""
    leg = await dialling.ring(conversation_id, who.agent)
    return {"leg": str(leg.id)}


@router.post("/telephone")
async def telephone(who: TheAgent, settings: TheSettings) -> dict[str, str]:
    """Let the agent's browser be rung by Twilio, or refuse if there is no key for it."""
    if browser_phone(settings) is not BrowserPhone.twilio:
        raise NoTelephone(str(who.agent.id))
    return {"token": token_of(who.agent.id, settings)}


@router.get("/colleagues")
async def colleagues(who: TheAgent, sessions: TheSessions, settings: TheSettings) -> list[Json]:
    """Tell whom the agent can ask, or pass a customer on to."""
    async with sessions() as session:
        everybody = await AgentRepository(session).everybody()
    return [
        {
            "id": str(agent.id),
            "name": agent.name,
            "by_phone": address_of(agent, settings) is not None,
        }
        for agent in everybody
        if agent.id != who.agent.id
    ]


@router.post("/conversations/{conversation_id}/hold", status_code=204)
async def hold(
    conversation_id: UUID, body: bodies.Hold, who: TheAgent, consulting: TheConsulting
) -> Response:
    """Put the caller on hold, or come back to them."""
    act = consulting.hold if body.held else consulting.resume
    await act(conversation_id, who.agent)
    return Response(status_code=204)


@router.post("/conversations/{conversation_id}/consult", status_code=204)
async def consult(
    conversation_id: UUID, body: bodies.Consult, who: TheAgent, consulting: TheConsulting
) -> Response:
    """Ask a colleague, while the caller is on hold."""
    await consulting.ask(conversation_id, who.agent, body.agent)
    return Response(status_code=204)


@router.post("/conversations/{conversation_id}/transfer")
async def pass_on(
    conversation_id: UUID, body: bodies.Transfer, who: TheAgent, consulting: TheConsulting
) -> dict[str, int]:
    """Pass a customer on to a colleague, who writes or speaks on."""
    conversation = await consulting.pass_on(
        conversation_id, who.agent, body.agent, epoch=body.epoch, note=body.note
    )
    return {"epoch": conversation.epoch}


@router.get("/departments")
async def departments(sessions: TheSessions) -> list[str]:
    """Tell for which departments a customer can be let wait."""
    async with sessions() as session:
        return (await PolicyRepository(session).current()).departments.keys


@router.post("/conversations/{conversation_id}/queue")
async def pass_to_queue(
    conversation_id: UUID, body: bodies.ToQueue, who: TheAgent, consulting: TheConsulting
) -> dict[str, int]:
    """Let a customer wait for another department, or for anybody."""
    conversation = await consulting.pass_to_queue(
        conversation_id, who.agent, body.department, epoch=body.epoch, note=body.note
    )
    return {"epoch": conversation.epoch}
