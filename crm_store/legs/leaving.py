"""What happens to a caller whose agent has put the telephone down."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.service import return_to_bot
from crm_store.legs.models import Part
from crm_store.legs.repository import LegRepository
from crm_store.legs.service import empty_room

NOTHING_NOTED = ""
"""The outcome of an agent who has put the telephone down and noted none."""


async def leave_room(session: AsyncSession, call: str, room: str) -> UUID | None:
    """Let a caller who has come out of a room be with the assistant, unless another has them.

    It returns the conversation; None for a call that was never in that room.
    """
    found = await ConversationRepository(session).of_call(call)
    if found is None:
        return None
    conversation = await ConversationRepository(session).lock(found.id)
    legs = await LegRepository(session).of_room(room)
    if not any(leg.part is Part.caller and leg.call == call for leg in legs):
        return None
    await empty_room(session, conversation, room)
    await session.flush()
    # A colleague who was never in the room goes on by typing.
    was_there = any(leg.agent_id == conversation.agent_id for leg in legs)
    if conversation.handler is Handler.agent and was_there:
        await _agent_left(session, conversation)
    return conversation.id


async def _agent_left(session: AsyncSession, conversation: Conversation) -> None:
    if conversation.agent_id is None:
        return
    if await LegRepository(session).open_room(conversation) is not None:
        return
    agent = await session.get_one(Agent, conversation.agent_id)
    await return_to_bot(
        session,
        conversation.id,
        agent,
        epoch=conversation.epoch,
        outcome=NOTHING_NOTED,
        note="",
    )
