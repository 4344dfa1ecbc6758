"""What customers say may set off a rule of the shop's; only agents learn of it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from channels.bot import StepFailed, Tell
from channels.messages import Answer, BotRequest, InboundMessage
from channels.turn import Turns
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, ConversationRef, Message
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff, Reason
from tests.fakes import FakeBot
from tests.integration.channels.conftest import MakeTurns

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

THREAT = "Dann hören Sie von meinem Anwalt"


class Obedient(FakeBot):
    """Passes the customer on as soon as it is told to, as the assistant's actions do."""

    def __init__(self, sessions: SessionFactory) -> None:
        super().__init__("Hello")
        self._sessions = sessions

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        told = request.body["facts"].get("escalation")
        async with self._sessions.begin() as session:
            turn = await TurnRepository(session).of_message(request.message_id)
            if turn is not None and told is not None:
                turn.handoff_reason, turn.handoff_seq = told["reason"], told["seq"]
                turn.handoff_signs = told["signs"]
        return await super().reply(request, tell)


@pytest.mark.parametrize("channel", list(Channel))
async def test_a_threat_is_passed_on_with_the_sentence_and_what_counted(
    sessions: SessionFactory, turns_with: MakeTurns, channel: Channel
) -> None:
    turns = turns_with(bot := Obedient(sessions))
    conversation = await turns.open(ConversationRef(channel, "k"), Language.de)

    seq = await says(turns, conversation, THREAT)

    asked = bot.asked[-1].body
    assert (asked["kind"], asked["choice"]) == ("chosen", {"intent": "ask_person", "entities": {}})
    assert asked["text"] == THREAT
    handoff = await the_handoff(sessions)
    assert (handoff.reason, handoff.trigger_seq) == (Reason.legal, seq)
    assert [sign["seen"] for sign in handoff.signs] == ["von meinem anwalt"]


async def test_other_words_are_left_to_the_assistant(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(bot := Obedient(sessions))
    conversation = await turns.open(ConversationRef(Channel.chat, "k"), Language.de)

    await says(turns, conversation, "Wo ist meine Bestellung?")

    assert (bot.asked[-1].body["choice"], bot.asked[-1].body["facts"]) == (None, {})


async def test_anger_counts_over_messages(sessions: SessionFactory, turns_with: MakeTurns) -> None:
    turns = turns_with(bot := Obedient(sessions))
    conversation = await turns.open(ConversationRef(Channel.chat, "k"), Language.en)

    for text in ("This is unacceptable", "Hello?", "What a joke"):
        await says(turns, conversation, text)

    told = [request.body["facts"].get("escalation") for request in bot.asked]
    assert [one and one["reason"] for one in told] == [None, None, None, "angry"]


async def test_a_step_that_fails_is_told_from_a_bot_that_is_down(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    class Failing(FakeBot):
        async def reply(self, request: BotRequest, tell: Tell) -> Answer:
            raise StepFailed

    turns = turns_with(Failing())
    conversation = await turns.open(ConversationRef(Channel.chat, "k"), Language.en)

    await turns.settled(conversation, 1, at_most=5)

    assert (await the_handoff(sessions)).reason is Reason.action_failed


async def test_the_customer_reads_nothing_of_the_rule(
    sessions: SessionFactory, turns_with: MakeTurns
) -> None:
    turns = turns_with(Obedient(sessions))
    conversation = await turns.open(ConversationRef(Channel.chat, "k"), Language.de)

    await says(turns, conversation, THREAT)

    async with sessions() as session:
        texts = (await session.scalars(select(Message.text))).all()
    assert [text for text in texts if "legal" in text or "anwalt" in text.casefold()] == [THREAT]


async def says(turns: Turns, conversation: UUID, text: str) -> int:
    receipt = await turns.take(InboundMessage(conversation, text))
    assert await turns.settled(conversation, receipt.seq, at_most=5)
    return receipt.seq


async def the_handoff(sessions: SessionFactory) -> Handoff:
    async with sessions() as session:
        handoff = (await session.scalars(select(Handoff))).one()
    assert handoff.created_at <= utc_now()
    return handoff
