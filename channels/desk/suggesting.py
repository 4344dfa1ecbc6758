"""The desk's routes for what an agent may suggest."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheSessions, TheSuggester
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.desk.show_suggestions import show_offers
from crm_store.base import Json, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.suggestions.at_desk import desk_offers, heard_of, put_to_customer
from crm_store.suggestions.models import Outcome

router = APIRouter(
    prefix="/desk/api/conversations/{conversation_id}/suggestions",
    route_class=DeskRoute,
    dependencies=[Audited],
)


@router.post("")
async def suggest(conversation_id: UUID, sessions: TheSessions, suggester: TheSuggester) -> Json:
    """Tell what may be suggested to the customer; what is new is put on record as shown here."""
    return show_offers(await desk_offers(sessions, suggester, conversation_id, at=utc_now()))


@router.post("/{suggestion}/offered", status_code=204)
async def offered(
    conversation_id: UUID, suggestion: UUID, who: TheAgent, sessions: TheSessions
) -> Response:
    """Put on record that the agent took a suggestion into their reply."""
    async with sessions.begin() as session:
        conversation = await ConversationRepository(session).get(conversation_id)
        await put_to_customer(session, conversation, suggestion, who.agent.id)
    return Response(status_code=204)


@router.post("/{suggestion}/outcome", status_code=204)
async def outcome(
    conversation_id: UUID,
    suggestion: UUID,
    body: bodies.SuggestionOutcome,
    who: TheAgent,
    sessions: TheSessions,
) -> Response:
    """Put on record what the customer said to a suggestion."""
    async with sessions.begin() as session:
        conversation = await ConversationRepository(session).get(conversation_id)
        came = Outcome(body.outcome)
        await heard_of(session, conversation, suggestion, came, who.agent.id, at=utc_now())
    return Response(status_code=204)
