"""The desk's routes for the customer's card: how they stand, and who else it may be."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncSession

from channels.dependencies import TheHub, TheSessions, TheSettings
from channels.desk import bodies
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from crm_store.agents.models import Agent
from crm_store.agents.worth_repository import WorthRepository
from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.likeness import LikenessRepository, Maybe
from crm_store.customers.merging import merge
from crm_store.customers.recognising import recognise
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.repository import PolicyRepository

router = APIRouter(
    prefix="/desk/api/conversations/{conversation_id}",
    route_class=DeskRoute,
    dependencies=[Audited],
    max_body_size=bodies.LONGEST_BODY,
)


@router.get("/card")
async def card(
    conversation_id: UUID, who: TheAgent, sessions: TheSessions, settings: TheSettings
) -> Json:
    """Tell how the relationship stands, what is allowed, and who else it may be."""
    async with sessions() as session:
        conversation = await ConversationRepository(session).get(conversation_id)
        maybe = await LikenessRepository(session, who.agent).maybe(
            conversation, region=settings.rapport_region
        )
        known = await _known(session, who.agent, conversation)
    return {**known, "maybe": [_maybe(one) for one in maybe]}


@router.post("/customer", status_code=204)
async def recognise_it(
    conversation_id: UUID,
    body: bodies.Recognised,
    who: TheAgent,
    sessions: TheSessions,
    hub: TheHub,
) -> Response:
    """Say whom the conversation is with; they must still prove it."""
    async with sessions.begin() as session:
        await recognise(session, conversation_id, who.agent, body.customer, at=utc_now())
    hub.moved(conversation_id)
    return Response(status_code=204)


@router.post("/customer/merge", status_code=204)
async def merge_it(
    conversation_id: UUID, body: bodies.Merged, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> Response:
    """Make another record and that of the conversation's customer one, once it is confirmed."""
    async with sessions.begin() as session:
        conversation = await ConversationRepository(session).lock(conversation_id)
        await merge(
            session,
            conversation.known_customer(),
            body.other,
            who.agent,
            confirmed=body.confirmed,
            at=utc_now(),
        )
    hub.moved(conversation_id)
    return Response(status_code=204)


async def _known(session: AsyncSession, agent: Agent, conversation: Conversation) -> Json:
    if conversation.customer_id is None:
        return {"worth": None, "consents": []}
    worth = await WorthRepository(session, agent).of(
        conversation.customer_id, without=conversation.id
    )
    consents = await ConsentRepository(session).present(conversation.customer_id)
    currency = (await PolicyRepository(session).current()).shop.currency
    return {
        "worth": {
            "orders": worth.orders,
            "spent": str(worth.spent),
            "sent_back": str(worth.sent_back),
            "currency": currency,
            "last_order": worth.last_order and worth.last_order.isoformat(),
            "contacts": worth.contacts,
            "last_contact": worth.last_contact and worth.last_contact.isoformat(),
        },
        "consents": [{"kind": kind, "given": given} for kind, given in consents.items()],
    }


def _maybe(maybe: Maybe) -> Json:
    return {
        "id": str(maybe.customer.id),
        "number": maybe.customer.number,
        "name": maybe.customer.name,
        "by": maybe.by,
    }
