"""Asking a colleague while the caller is on hold, and passing the caller on to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import NobodyOnTheLine
from crm_store.legs.models import Leg, Part
from crm_store.legs.repository import LegRepository
from crm_store.legs.service import add_leg


@dataclass(frozen=True, slots=True)
class Talk:
    """A room in which an agent speaks with a caller, and perhaps a colleague is asked."""

    room: str
    conference: str
    caller: str
    """The caller's call."""
    agent: Leg
    colleague: Leg | None
    listeners: Sequence[Leg] = ()

    def of(self, agent_id: UUID) -> Leg | None:
        """Return the telephone of a colleague who was asked or listens in, if it is in the room."""
        others = (self.colleague, *self.listeners)
        return next((leg for leg in others if leg and leg.agent_id == agent_id and leg.call), None)


async def talk_of(session: AsyncSession, conversation_id: UUID, agent: Agent) -> Talk:
    """Return where an agent speaks with their caller, or raise NobodyOnTheLine."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_agent(agent.id)
    return await _talk_there(session, conversation)


async def talk_in(session: AsyncSession, conversation: Conversation) -> Talk | None:
    """Return where the conversation's agent speaks with its caller, if they do."""
    room = await LegRepository(session).open_room(conversation)
    if room is None or conversation.handler is not Handler.agent:
        return None
    inside = [leg for leg in await LegRepository(session).of_room(room) if leg.in_room]
    caller = next((leg for leg in inside if leg.part is Part.caller), None)
    agent = next((leg for leg in inside if leg.agent_id == conversation.agent_id), None)
    if caller is None or agent is None or not caller.call or not caller.conference:
        return None
    others = (leg for leg in inside if leg.part is Part.colleague and leg is not agent)
    listeners = [leg for leg in inside if leg.part is Part.listener]
    return Talk(room, caller.conference, caller.call, agent, next(others, None), listeners)


async def consult(
    session: AsyncSession, conversation_id: UUID, agent: Agent, colleague: Agent
) -> tuple[Talk, Leg]:
    """Return the leg on which a colleague is to be asked, beside the talk that it joins."""
    talk = await talk_of(session, conversation_id, agent)
    conversation = await ConversationRepository(session).get(conversation_id)
    return talk, await _leg_of(session, conversation, colleague, talk.room, Part.colleague)


async def listen(session: AsyncSession, conversation_id: UUID, supervisor: Agent) -> Leg:
    """Return the leg on which somebody is to listen in, or raise NobodyOnTheLine."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_other_agent(supervisor.id)
    talk = await _talk_there(session, conversation)
    return await _leg_of(session, conversation, supervisor, talk.room, Part.listener)


async def listening(
    session: AsyncSession, conversation_id: UUID, supervisor: Agent
) -> tuple[Talk, Leg]:
    """Return the talk that somebody listens to and by which leg, or raise NobodyOnTheLine."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    talk = await talk_in(session, conversation)
    leg = None if talk is None else talk.of(supervisor.id)
    if talk is None or leg is None or leg.part is not Part.listener:
        raise NobodyOnTheLine(str(conversation_id))
    return talk, leg


async def _talk_there(session: AsyncSession, conversation: Conversation) -> Talk:
    talk = await talk_in(session, conversation)
    if talk is None:
        raise NobodyOnTheLine(str(conversation.id))
    return talk


async def _leg_of(
    session: AsyncSession, conversation: Conversation, agent: Agent, room: str, part: Part
) -> Leg:
    """Return the leg that an agent is on already, or is to be rung on."""
    live = await LegRepository(session).live(conversation.id)
    before = next((leg for leg in live if leg.agent_id == agent.id), None)
    return before or add_leg(session, conversation, agent, room=room, part=part)
