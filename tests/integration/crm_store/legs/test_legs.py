"""Agents are rung for a caller, and one of them speaks with them."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Author, Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import NotByPhone, WrongHandler
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import claim, hand_off
from crm_store.legs import service as legs
from crm_store.legs.leaving import leave_room
from crm_store.legs.models import Happening, Leg, LegState, Part, RoomEvent
from tests.builders import a_conversation

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CONFERENCE = "CF1"


async def an_agent(sessions: SessionFactory, name: str, phone: str | None = "+4930901820") -> Agent:
    agent = Agent(id=uuid4(), login=name.lower(), name=name, password_hash="", phone=phone)
    async with sessions.begin() as session:
        session.add(agent)
    return agent


async def a_caller(sessions: SessionFactory, channel: Channel = Channel.phone) -> Conversation:
    """Have a caller wait who has said one thing."""
    conversation = a_conversation(channel=channel)
    conversation.call = conversation.key if channel is Channel.phone else None
    async with sessions.begin() as session:
        session.add(conversation)
        await session.flush()
        locked = await ConversationRepository(session).lock(conversation.id)
        ConversationRepository(session).add(locked, Author.customer, "A person please")
        await hand_off(session, locked, Reason.asked, trigger_seq=1)
    return conversation


async def rung(sessions: SessionFactory, caller: Conversation, agent: Agent) -> Leg:
    async with sessions.begin() as session:
        leg, _ = await legs.ring(session, caller.id, agent)
    async with sessions.begin() as session:
        await legs.placed(session, leg.id, f"CA-{agent.login}")
        return await legs.pick_up(session, leg.id)


async def says_yes(sessions: SessionFactory, leg: Leg) -> Leg:
    async with sessions.begin() as session:
        return await legs.accept(session, leg.id, at=utc_now())


async def happens(
    sessions: SessionFactory, leg: Leg, what: Happening, number: int, call: str | None = None
) -> None:
    event = RoomEvent(what, number, CONFERENCE, call or leg.call or "")
    async with sessions.begin() as session:
        await legs.hear_room(session, leg.room, event, at=utc_now())


async def the_leg(sessions: SessionFactory, leg_id: UUID) -> Leg:
    async with sessions() as session:
        return await session.get_one(Leg, leg_id)


async def the_conversation(sessions: SessionFactory, caller: Conversation) -> Conversation:
    async with sessions() as session:
        return await ConversationRepository(session).get(caller.id)


async def steps(sessions: SessionFactory) -> list[Kind]:
    async with sessions() as session:
        rows = await session.scalars(
            select(Message.kind).where(Message.author == Author.system).order_by(Message.seq)
        )
        return list(rows)


async def test_of_two_agents_who_say_yes_one_has_the_caller(sessions: SessionFactory) -> None:
    caller = await a_caller(sessions)
    mia, tom = await an_agent(sessions, "Mia"), await an_agent(sessions, "Tom")
    hers, his = await rung(sessions, caller, mia), await rung(sessions, caller, tom)

    first = await says_yes(sessions, hers)
    second = await says_yes(sessions, his)

    conversation = await the_conversation(sessions, caller)
    assert (first.state, second.state) == (LegState.accepted, LegState.late)
    assert (conversation.handler, conversation.agent_id) == (Handler.agent, mia.id)
    assert await steps(sessions) == [
        Kind.handed_off,
        Kind.rung,
        Kind.rung,
        Kind.claimed,
        Kind.connected,
        Kind.not_reached,
    ]


async def test_a_yes_that_is_told_twice_counts_once(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await rung(sessions, caller, mia)

    await says_yes(sessions, leg)
    again = await says_yes(sessions, leg)

    assert again.state is LegState.accepted
    assert (await steps(sessions)).count(Kind.connected) == 1


async def test_an_agent_who_types_already_may_speak_too(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    async with sessions.begin() as session:
        await claim(session, caller.id, mia)

    leg = await says_yes(sessions, await rung(sessions, caller, mia))

    assert leg.state is LegState.accepted


async def test_nobody_is_rung_for_a_caller_of_somebody_else(sessions: SessionFactory) -> None:
    caller = await a_caller(sessions)
    mia, tom = await an_agent(sessions, "Mia"), await an_agent(sessions, "Tom")
    async with sessions.begin() as session:
        await claim(session, caller.id, mia)

    with pytest.raises(WrongHandler):
        await rung(sessions, caller, tom)


async def test_who_waits_in_a_chat_cannot_be_spoken_to(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions, Channel.chat), await an_agent(sessions, "Mia")

    with pytest.raises(NotByPhone):
        await rung(sessions, caller, mia)


async def test_a_telephone_rings_once_however_often_it_is_asked_for(
    sessions: SessionFactory,
) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")

    first, again = await rung(sessions, caller, mia), await rung(sessions, caller, mia)

    assert first.id == again.id


async def test_what_a_room_tells_twice_late_or_mixed_up_does_no_harm(
    sessions: SessionFactory,
) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await says_yes(sessions, await rung(sessions, caller, mia))

    await happens(sessions, leg, Happening.held, 4, call=caller.key)
    await happens(sessions, leg, Happening.joined, 2, call=caller.key)
    await happens(sessions, leg, Happening.joined, 1)
    await happens(sessions, leg, Happening.left, 9)
    await happens(sessions, leg, Happening.left, 9)
    await happens(sessions, leg, Happening.joined, 1)

    hers = await the_leg(sessions, leg.id)
    assert (hers.state, hers.conference) == (LegState.left, CONFERENCE)
    assert (await steps(sessions)).count(Kind.left) == 1
    async with sessions() as session:
        theirs = (await session.scalars(select(Leg).where(Leg.part == Part.caller))).one()
    assert theirs.held


async def test_a_caller_whose_agent_has_hung_up_is_with_the_assistant(
    sessions: SessionFactory,
) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await says_yes(sessions, await rung(sessions, caller, mia))
    await happens(sessions, leg, Happening.joined, 1)

    for _ in range(2):
        async with sessions.begin() as session:
            assert await leave_room(session, caller.key, leg.room) == caller.id

    conversation = await the_conversation(sessions, caller)
    assert conversation.handler is Handler.bot
    assert (await steps(sessions))[-2:] == [Kind.left, Kind.returned]


async def test_a_call_that_was_never_in_a_room_leaves_none(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    other = await a_caller(sessions)
    leg = await says_yes(sessions, await rung(sessions, caller, mia))

    async with sessions.begin() as session:
        assert await leave_room(session, other.key, leg.room) is None
