"""Agents at their desks and customers who wait, at moments that a test sets."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from crm_store.agents.models import Agent
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff, Reason
from crm_store.handoffs.service import hand_off
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Duty, Offer, OfferState
from crm_store.routing.service import make_offers
from tests.builders import a_conversation


async def at_desk(
    sessions: SessionFactory,
    name: str,
    at: datetime,
    *,
    skills: tuple[str, ...] = (),
    languages: tuple[Language, ...] = (),
    chats: int | None = None,
) -> Agent:
    """Have an agent who is there and available."""
    agent = Agent(id=uuid4(), login=name.lower(), name=name, password_hash="")
    async with sessions.begin() as session:
        session.add(agent)
        await session.flush()
        await DutyRepository(session).here(agent.id, at=at)
        duty = await DutyRepository(session).for_writing(agent.id)
        duty.skills, duty.languages, duty.chats = list(skills), list(languages), chats
    return agent


async def stays(sessions: SessionFactory, agent: Agent, at: datetime) -> None:
    """Let an agent be there still."""
    async with sessions.begin() as session:
        await DutyRepository(session).here(agent.id, at=at)


async def a_customer_waits(
    sessions: SessionFactory,
    *,
    reason: Reason = Reason.asked,
    language: Language = Language.de,
    channel: Channel = Channel.chat,
    department: str | None = None,
    of: Customer | None = None,
    wanted: Agent | None = None,
) -> UUID:
    """Have somebody wait who has said one thing; return the conversation."""
    conversation = a_conversation(channel=channel, language=language, of=of)
    conversation.call = conversation.key if channel is Channel.phone else None
    async with sessions.begin() as session:
        session.add(conversation)
        await session.flush()
        locked = await ConversationRepository(session).lock(conversation.id)
        ConversationRepository(session).add(locked, Author.customer, "A person please")
        await hand_off(
            session,
            locked,
            reason,
            trigger_seq=1,
            department=department,
            wanted_agent_id=wanted.id if wanted else None,
        )
    return conversation.id


async def offered(sessions: SessionFactory, at: datetime) -> dict[UUID, UUID]:
    """Let offers be made; return what rings, as conversation by agent."""
    async with sessions.begin() as session:
        await make_offers(session, at=at)
    return await ringing(sessions)


async def ringing(sessions: SessionFactory) -> dict[UUID, UUID]:
    """Return what rings, as conversation by agent."""
    async with sessions() as session:
        rows = await session.execute(
            select(Offer.agent_id, Handoff.conversation_id)
            .join(Handoff, Handoff.id == Offer.handoff_id)
            .where(Offer.state == OfferState.ringing)
        )
        return {row.agent_id: row.conversation_id for row in rows}


async def offer_to(sessions: SessionFactory, agent: Agent) -> UUID:
    """Return what rings at an agent."""
    async with sessions() as session:
        found = await session.scalars(
            select(Offer.id).where(Offer.agent_id == agent.id, Offer.state == OfferState.ringing)
        )
        return found.one()


async def duty_of(sessions: SessionFactory, agent: Agent) -> Duty:
    """Return an agent's duty as it stands."""
    async with sessions() as session:
        return await session.get_one(Duty, agent.id)


async def the(sessions: SessionFactory, conversation: UUID) -> Conversation:
    """Return a conversation as it stands."""
    async with sessions() as session:
        return await session.get_one(Conversation, conversation)


def seconds(number: float) -> timedelta:
    """Return so many seconds."""
    return timedelta(seconds=number)
