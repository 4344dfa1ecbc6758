"""The steps of a call that a person takes, each with all that belongs to it in one transaction."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Channel, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.errors import NotByPhone, UnknownLeg, WrongHandler
from crm_store.handoffs.service import claim
from crm_store.legs.models import Happening, Leg, LegState, Part, RoomEvent
from crm_store.legs.repository import LegRepository

HOLDING = {Happening.held: Kind.held, Happening.resumed: Kind.resumed}


async def ring(session: AsyncSession, conversation_id: UUID, agent: Agent) -> tuple[Leg, bool]:
    """Return the leg on which an agent is to speak with a caller, and whether it is a new one.

    The caller must wait for a person or be with this agent; several agents may be rung at once.
    """
    conversation = await ConversationRepository(session).lock(conversation_id)
    if conversation.medium is not Channel.phone:
        raise NotByPhone(str(conversation_id))
    if not _may_take(conversation, agent.id):
        raise WrongHandler(f"conversation {conversation_id} is with somebody else")
    live = await LegRepository(session).live(conversation_id)
    before = next((leg for leg in live if leg.agent_id == agent.id), None)
    if before is not None:
        return before, False
    return add_leg(session, conversation, agent), True


async def ring_again(
    session: AsyncSession, leg_id: UUID, *, tries: int
) -> tuple[Leg, Agent] | None:
    """Return another leg, and whose, for one in vain; None once that was tried enough."""
    legs = LegRepository(session)
    missed, conversation = await legs.lock(leg_id)
    if missed.state is not LegState.missed or missed.attempt >= tries or missed.agent_id is None:
        return None
    agent = await session.get_one(Agent, missed.agent_id)
    live = await legs.live(conversation.id)
    awaited = await _awaits(session, conversation, missed)
    if not awaited or any(leg.agent_id == agent.id for leg in live):
        return None
    return add_leg(session, conversation, agent, attempt=missed.attempt + 1), agent


async def placed(session: AsyncSession, leg_id: UUID, call: str) -> bool:
    """Note which call rings the leg; return whether it is still wanted."""
    leg, _ = await LegRepository(session).lock(leg_id)
    leg.call = call
    return leg.live


async def pick_up(session: AsyncSession, leg_id: UUID) -> Leg:
    """Note that somebody has picked up, unless the caller is with another by now."""
    leg, conversation = await LegRepository(session).lock(leg_id)
    leg.pick_up()
    if leg.state is LegState.briefed and not await _awaits(session, conversation, leg):
        _put_down(session, conversation, leg, LegState.late)
    return leg


async def accept(session: AsyncSession, leg_id: UUID, *, at: datetime) -> Leg:
    """Let the agent speak with the caller; of many who say yes one wins, the others are late.

    Said once more, it is the same yes.
    """
    legs = LegRepository(session)
    leg, conversation = await legs.lock(leg_id)
    if not leg.live or leg.in_room or leg.agent_id is None:
        return leg
    if not await _awaits(session, conversation, leg):
        _put_down(session, conversation, leg, LegState.late)
        return leg
    if conversation.handler is Handler.queue:
        await claim(session, conversation.id, await session.get_one(Agent, leg.agent_id))
    leg.epoch = conversation.epoch
    leg.accept()
    if leg.part is Part.agent:
        legs.add(_callers(conversation, leg, at))
    _tell(session, conversation, leg, Kind.connected)
    return leg


async def put_down(
    session: AsyncSession, leg_id: UUID, state: LegState, *, call: str | None = None
) -> Leg:
    """Note that a leg is over, and how; one that has been in the room has left it."""
    leg, conversation = await LegRepository(session).lock(leg_id)
    leg.call = leg.call or call
    _put_down(session, conversation, leg, LegState.left if leg.in_room else state)
    return leg


async def hear_room(session: AsyncSession, room: str, event: RoomEvent, *, at: datetime) -> UUID:
    """Take note of what happened in a room; return whose it is. Twice, late or mixed up is fine."""
    legs = LegRepository(session)
    opened = await legs.of_room(room)
    if not opened:
        raise UnknownLeg(room)
    conversation = await ConversationRepository(session).lock(opened[0].conversation_id)
    for leg in await legs.of_room(room):
        if leg.call == event.call and leg.hear(event, at):
            _note(session, conversation, leg, event.happening)
    return conversation.id


async def empty_room(session: AsyncSession, conversation: Conversation, room: str) -> None:
    """Note that nobody talks in a room any more; the conversation must be locked."""
    for leg in await LegRepository(session).of_room(room):
        if leg.in_room:
            _put_down(session, conversation, leg, LegState.left)


def _may_take(conversation: Conversation, agent_id: UUID | None) -> bool:
    if conversation.handler is Handler.queue:
        return True
    return conversation.handler is Handler.agent and conversation.agent_id == agent_id


async def _awaits(session: AsyncSession, conversation: Conversation, leg: Leg) -> bool:
    """Return whether the caller, or whoever speaks with them, still waits for who was rung."""
    if leg.part in {Part.colleague, Part.listener}:
        return await LegRepository(session).open_room(conversation) == leg.room
    if conversation.handler is Handler.queue:
        return conversation.epoch == leg.epoch
    return _may_take(conversation, leg.agent_id)


def add_leg(
    session: AsyncSession,
    conversation: Conversation,
    agent: Agent,
    *,
    attempt: int = 1,
    room: str | None = None,
    part: Part = Part.agent,
) -> Leg:
    """Write down that an agent is rung; the conversation must be locked."""
    leg_id = uuid4()
    leg = Leg(
        id=leg_id,
        conversation_id=conversation.id,
        room=room or leg_id.hex,
        part=part,
        agent_id=agent.id,
        epoch=conversation.epoch,
        attempt=attempt,
        state=LegState.ringing,
    )
    LegRepository(session).add(leg)
    _tell(session, conversation, leg, Kind.rung)
    return leg


def _callers(conversation: Conversation, leg: Leg, at: datetime) -> Leg:
    return Leg(
        conversation_id=conversation.id,
        room=leg.room,
        part=Part.caller,
        epoch=leg.epoch,
        call=conversation.sid,
        state=LegState.accepted,
        created_at=at,
    )


def _put_down(session: AsyncSession, conversation: Conversation, leg: Leg, state: LegState) -> None:
    if not leg.end(state, utc_now()):
        return
    if state is LegState.left:
        _note_left(session, conversation, leg)
    else:
        _tell(session, conversation, leg, Kind.not_reached, why=state)


def _note(
    session: AsyncSession, conversation: Conversation, leg: Leg, happening: Happening
) -> None:
    if not leg.live:
        _note_left(session, conversation, leg)
    elif leg.part is Part.caller and happening in HOLDING:
        step(session, conversation, HOLDING[happening])


def _note_left(session: AsyncSession, conversation: Conversation, leg: Leg) -> None:
    _tell(session, conversation, leg, Kind.left)


def _tell(
    session: AsyncSession, conversation: Conversation, leg: Leg, kind: Kind, **facts: str
) -> None:
    """Write down what an agent does by telephone; to listen in is no step of a conversation."""
    if leg.agent_id is not None and leg.part is not Part.listener:
        step(session, conversation, kind, agent_id=leg.agent_id, **facts)
