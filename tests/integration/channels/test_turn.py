import asyncio
import logging
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from channels.answering import BOT_DOWN
from channels.bot import Tell
from channels.messages import Answer, BotRequest, InboundMessage
from channels.turn import Turns
from crm_store.agents.models import Agent
from crm_store.base import Language, utc_now
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    ConversationRef,
    Handler,
    Kind,
    Message,
    Turn,
    TurnState,
)
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.errors import SameIdOtherWords, WrongHandler
from crm_store.handoffs import service
from crm_store.handoffs.models import Handoff, Reason
from tests.fakes import DeadBot, FakeBot, SlowBot
from tests.integration.channels.conftest import MakeTurns

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

VISITOR = ConversationRef(Channel.chat, "k1")


async def opened(turns: Turns, ref: ConversationRef = VISITOR) -> UUID:
    conversation = await turns.open(ref, Language.en, visitor="v1")
    await turns.settled(conversation, 1, at_most=5)
    return conversation


async def said(sessions: SessionFactory, conversation: UUID) -> list[tuple[Author, Kind, str]]:
    async with sessions() as session:
        messages = await ConversationRepository(session).since(conversation, 0)
    assert [message.seq for message in messages] == list(range(1, len(messages) + 1))
    return [(message.author, message.kind, message.text) for message in messages]


async def the(sessions: SessionFactory, conversation: UUID) -> Conversation:
    async with sessions() as session:
        return await ConversationRepository(session).get(conversation)


@pytest.mark.parametrize("channel", list(Channel))
async def test_records_both_sides(
    sessions: SessionFactory, turns_with: MakeTurns, channel: Channel
) -> None:
    turns = turns_with(FakeBot("Hello, I am an assistant.", "Hi!"))
    conversation = await opened(turns, ConversationRef(channel, "k1"))

    receipt = await turns.take(InboundMessage(conversation, "hello"))

    assert await turns.settled(conversation, receipt.seq, at_most=5)
    assert await said(sessions, conversation) == [
        (Author.system, Kind.opened, ""),
        (Author.bot, Kind.said, "Hello, I am an assistant."),
        (Author.customer, Kind.said, "hello"),
        (Author.bot, Kind.said, "Hi!"),
    ]


async def test_the_same_message_twice_is_one_message_and_one_answer(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    bot = FakeBot("Hello", "Hi!")
    turns = turns_with(bot)
    conversation = await opened(turns)
    message = InboundMessage(conversation, "hello", "id-1")

    first = await turns.take(message)
    again = await turns.take(message)

    await turns.settled(conversation, first.seq, at_most=5)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert bot.heard == ["", "hello"]
    assert len(await said(sessions, conversation)) == 4


async def test_the_same_id_with_other_words_is_refused(turns_with: MakeTurns) -> None:
    turns = turns_with(FakeBot("Hi!"))
    conversation = await opened(turns)
    await turns.take(InboundMessage(conversation, "hello", "id-1"))

    with pytest.raises(SameIdOtherWords):
        await turns.take(InboundMessage(conversation, "good evening", "id-1"))


async def test_a_burst_is_answered_in_its_order(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    bot = FakeBot("Hi!")
    turns = turns_with(bot)
    conversation = await opened(turns)

    for number in range(5):
        receipt = await turns.take(InboundMessage(conversation, f"message {number}"))

    assert await turns.settled(conversation, receipt.seq, at_most=5)
    assert bot.heard == ["", *(f"message {number}" for number in range(5))]


async def test_keeps_the_bot_quiet_while_a_person_has_it(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    bot = FakeBot("Hello")
    turns = turns_with(bot)
    conversation = await opened(turns)
    await hand_off(sessions, conversation)

    await turns.take(InboundMessage(conversation, "are you there?"))

    assert bot.heard == [""]
    assert (await said(sessions, conversation))[-1] == (
        Author.customer,
        Kind.said,
        "are you there?",
    )


async def test_a_dead_bot_hands_off_instead_of_leaving_silence(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(DeadBot())

    conversation = await opened(turns)

    assert (Author.bot, Kind.said, BOT_DOWN[Language.en]) in await said(sessions, conversation)
    assert (await the(sessions, conversation)).handler is Handler.queue
    async with sessions() as session:
        handoff = (await session.scalars(select(Handoff))).one()
    assert handoff.reason is Reason.bot_failed


async def test_a_bots_answer_that_comes_after_a_person_took_over_is_dropped(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    bot = SlowBot("I am late")
    turns = turns_with(bot)
    conversation = await turns.open(VISITOR, Language.en)
    await asked(bot)
    await hand_off(sessions, conversation)
    await claim(sessions, conversation)

    bot.go.set()
    await turns.settled(conversation, 1, at_most=5)
    await asyncio.sleep(0.2)

    assert "I am late" not in [text for _, _, text in await said(sessions, conversation)]


async def test_a_turn_that_a_crash_left_behind_is_taken_up_when_its_lease_ends(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    async with sessions.begin() as session:
        begun = await ConversationRepository(session).start(VISITOR, Language.en)
    conversation = begun.id
    hanging = SlowBot("never said")
    receipt = await turns_with(hanging).take(InboundMessage(conversation, "hello?"))
    await asked(hanging)
    async with sessions.begin() as session:
        turn = (await session.scalars(select(Turn).where(Turn.seq == receipt.seq))).one()
        assert turn.state is TurnState.running
        turn.lease_until = utc_now()
    async with sessions() as session:
        owed = await TurnRepository(session).conversations_owed(at=utc_now())

    turns = turns_with(FakeBot("Here I am"))
    for left in owed:
        turns.kick(left)

    assert await turns.settled(conversation, receipt.seq, at_most=5)
    assert (await said(sessions, conversation))[-1] == (Author.bot, Kind.said, "Here I am")


async def test_an_answer_that_another_worker_has_given_by_then_is_dropped(
    sessions: SessionFactory, turns_with: MakeTurns, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    slow = SlowBot("Too late")
    conversation = await turns_with(slow).open(VISITOR, Language.en)
    await asked(slow)
    async with sessions.begin() as session:
        turn = (await session.scalars(select(Turn))).one()
        turn.lease_until = utc_now()
    quick = turns_with(FakeBot("Here I am"))
    quick.kick(conversation)
    assert await quick.settled(conversation, 1, at_most=5)
    slow.go.set()
    for _ in range(250):
        if "came too late" in caplog.text:
            break
        await asyncio.sleep(0.02)

    assert "came too late" in caplog.text
    async with sessions() as session:
        assert (await session.scalars(select(Turn.state))).one() is TurnState.done
    assert (await said(sessions, conversation))[-1] == (Author.bot, Kind.said, "Here I am")


async def test_only_a_turn_that_is_worked_on_is_held_for_longer(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    done = await opened(turns_with(FakeBot("Hello")))
    async with sessions.begin() as session:
        turn = (await session.scalars(select(Turn).where(Turn.conversation_id == done))).one()
        before = turn.lease_until
        await TurnRepository(session).renew(turn.id, until=utc_now() + timedelta(hours=1))
        await session.refresh(turn)

    assert turn.lease_until == before


async def test_replies_and_hand_off_come_together(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    class HandingOff(FakeBot):
        async def reply(self, request: BotRequest, tell: Tell) -> Answer:
            async with sessions.begin() as session:
                turn = await TurnRepository(session).of_message(request.message_id)
                assert turn is not None
                turn.handoff_reason, turn.handoff_department = Reason.asked, "billing"
            return await super().reply(request, tell)

    turns = turns_with(HandingOff("I am passing you on."))

    conversation = await opened(turns)

    assert await said(sessions, conversation) == [
        (Author.system, Kind.opened, ""),
        (Author.bot, Kind.said, "I am passing you on."),
        (Author.system, Kind.handed_off, ""),
    ]
    async with sessions() as session:
        assert (await session.scalars(select(Handoff.department))).one() == "billing"


async def test_a_closed_conversation_takes_no_more(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(FakeBot("Hello"))
    conversation = await opened(turns)
    async with sessions.begin() as session:
        found = await ConversationRepository(session).lock(conversation)
        found.close("solved", found.created_at)

    with pytest.raises(WrongHandler):
        await turns.take(InboundMessage(conversation, "one more thing"))


async def test_what_a_masked_message_said_is_not_kept(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    bot = FakeBot("Hello", "Thank you")
    turns = turns_with(bot)
    conversation = await opened(turns)

    receipt = await turns.take(InboundMessage(conversation, "123456", masked="••••••"))
    await turns.settled(conversation, receipt.seq, at_most=5)

    assert bot.heard == ["", "123456"]
    async with sessions() as session:
        texts = (await session.scalars(select(Message.text))).all()
        requests = (await session.scalars(select(Turn.request))).all()
    assert "123456" not in str(texts) + str(requests)


async def test_a_pin_that_was_asked_for_is_kept_nowhere_and_reaches_the_bot_sealed(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    class AskingForPin(FakeBot):
        async def reply(self, request: BotRequest, tell: Tell) -> Answer:
            answer = await super().reply(request, tell)
            return Answer(answer.replies, slots={"awaits": {"what": "pin"}})

    bot = AskingForPin("Your new PIN?", "Thank you")
    turns = turns_with(bot)
    conversation = await opened(turns)
    message = InboundMessage(conversation, "470913")

    receipt = await turns.take(message)
    await turns.settled(conversation, receipt.seq, at_most=5)
    again = await turns.take(message)

    told = bot.asked[-1].body
    assert (told["text"], told["choice"]["intent"]) == ("••••••", "inform")
    assert "sealed" in told["facts"]
    assert (again.seq, again.repeated) == (receipt.seq, True)
    async with sessions() as session:
        texts = (await session.scalars(select(Message.text))).all()
        requests = (await session.scalars(select(Turn.request))).all()
    assert "470913" not in f"{texts} {requests} {told}"
    assert "sealed" not in str(requests)


async def asked(bot: FakeBot) -> None:
    for _ in range(500):
        if bot.asked:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the bot was never asked")


async def hand_off(sessions: SessionFactory, conversation: UUID) -> None:
    async with sessions.begin() as session:
        found = await ConversationRepository(session).lock(conversation)
        await service.hand_off(session, found, Reason.asked, trigger_seq=found.last_seq)


async def claim(sessions: SessionFactory, conversation: UUID) -> None:
    async with sessions.begin() as session:
        agent = Agent(login="mia", name="Mia", password_hash="x")
        session.add(agent)
        await session.flush()
        await service.claim(session, conversation, agent)


async def test_what_the_record_cannot_hold_is_left_out_of_the_words(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(FakeBot("Hello"))
    conversation = await opened(turns)

    await turns.take(InboundMessage(conversation, "hel\x00lo"))

    assert (await said(sessions, conversation))[2][2] == "hello"


async def test_what_the_bot_understood_is_kept_with_its_turn(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(FakeBot("Hello"))

    conversation = await opened(turns)

    async with sessions() as session:
        turn = (
            await session.scalars(select(Turn).where(Turn.conversation_id == conversation))
        ).one()
    assert (turn.intent, turn.confidence) == ("greet", 0.9)
