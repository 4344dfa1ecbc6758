"""Whoever waits for a person in a chat: their place, other ways, and stopping at will."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from channels.hub import Hub
from channels.messages import Choice, InboundMessage
from channels.turn import Turns
from channels.web_chat.meanwhile import Meanwhile
from crm_store.agents.models import Agent, AgentSession
from crm_store.base import Language, utc_now
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    ConversationRef,
    Handler,
    Kind,
    Message,
)
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff, Reason
from crm_store.handoffs.service import hand_off
from crm_store.handoffs.waiting_on import call_off
from crm_store.routing.duty_repository import DutyRepository
from tests.fakes import FakeBot
from tests.integration.channels.conftest import MakeTurns
from tests.integration.crm_store.routing.stage import the

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def waiting(
    sessions: SessionFactory, turns: Turns, *, since: timedelta = timedelta(0)
) -> UUID:
    conversation = await turns.open(ConversationRef(Channel.chat, uuid4().hex), Language.en)
    await turns.settled(conversation, 1, at_most=5)
    async with sessions.begin() as session:
        locked = await session.get_one(Conversation, conversation, with_for_update=True)
        await hand_off(session, locked, Reason.asked, trigger_seq=1)
        await session.flush()
        await session.execute(update(Handoff).values(waits_since=utc_now() - since))
    return conversation


async def looked(sessions: SessionFactory) -> None:
    await Meanwhile(sessions=sessions, hub=Hub(sessions)).look()


async def last(sessions: SessionFactory, conversation: UUID) -> Message:
    async with sessions() as session:
        latest = select(Message).where(Message.conversation_id == conversation)
        return (await session.scalars(latest.order_by(Message.seq.desc()).limit(1))).one()


async def test_who_has_waited_for_a_while_is_told_of_other_ways_once(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(FakeBot("Hello"))
    long = await waiting(sessions, turns, since=timedelta(seconds=61))

    await looked(sessions)
    asked = await last(sessions, long)
    await looked(sessions)

    assert asked.author is Author.bot
    assert [choice["intent"] for choice in asked.choices] == [
        "call_me_back",
        "answer_by_email",
        "ask_person",
    ]
    assert (await last(sessions, long)).seq == asked.seq
    assert (await the(sessions, long)).handler is Handler.queue


async def test_nobody_is_told_before(sessions: SessionFactory, turns_with: MakeTurns) -> None:
    turns = turns_with(FakeBot("Hello"))
    short = await waiting(sessions, turns, since=timedelta(seconds=50))

    await looked(sessions)

    assert (await last(sessions, short)).kind is Kind.handed_off


async def test_it_is_said_whether_anybody_is_there(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(FakeBot("Hello"))
    mia = Agent(id=uuid4(), login="mia", name="Mia", password_hash="")
    async with sessions.begin() as session:
        session.add(mia)
        await session.flush()
        # Logged in, and the page closed: nobody sits there.
        session.add(AgentSession(secret_hash="s", agent_id=mia.id, csrf="c"))
    first = await waiting(sessions, turns, since=timedelta(seconds=61))
    await looked(sessions)
    async with sessions.begin() as session:
        await DutyRepository(session).here(mia.id, at=utc_now())
    second = await waiting(sessions, turns, since=timedelta(seconds=61))

    await looked(sessions)

    assert (await last(sessions, first)).text.startswith("Nobody is")
    assert "Everybody is busy" in (await last(sessions, second)).text


async def test_who_would_rather_be_called_is_with_the_assistant_again(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(bot := FakeBot("Hello", "Which number?"))
    conversation = await waiting(sessions, turns)

    choice = Choice("Please call me", "call_me_back")
    receipt = await turns.take(InboundMessage(conversation, "Please call me", choice=choice))
    await turns.settled(conversation, receipt.seq, at_most=5)

    assert bot.asked[-1].body["choice"] == {"intent": "call_me_back", "entities": {}}
    assert (await the(sessions, conversation)).handler is Handler.bot
    async with sessions() as session:
        assert (await session.scalars(select(Handoff.outcome))).one() == "called_off"


async def test_who_would_rather_wait_waits_on(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(bot := FakeBot("Hello"))
    conversation = await waiting(sessions, turns)

    choice = Choice("I will wait", "ask_person", {"choice": "queue"})
    await turns.take(InboundMessage(conversation, "I will wait", choice=choice))

    assert (await the(sessions, conversation)).handler is Handler.queue
    assert len(bot.asked) == 1


async def test_waiting_is_called_off_at_will_and_the_assistant_goes_on(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(bot := FakeBot("Hello", "All right"))
    conversation = await waiting(sessions, turns)

    called_off = []
    for _ in range(2):
        async with sessions.begin() as session:
            called_off.append(await call_off(session, conversation))
    turns.kick(conversation)
    await turns.settled(conversation, 9, at_most=5)

    assert called_off == [True, False]
    assert bot.asked[-1].body["choice"]["intent"] == "deny"
    assert (await last(sessions, conversation)).text == "All right"
