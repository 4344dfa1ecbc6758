"""Answers that come in parts: each is on record as it comes, once, while the bot may speak."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from channels.answering import Answering, Patience
from channels.bot import Bot, Tell
from channels.hiding import Hiding
from channels.hub import Hub
from channels.messages import Answer, BotRequest, InboundMessage
from channels.turn import Turns
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, ConversationRef, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import hand_off
from crm_store.sealing import Seal
from tests.fakes import PartBot

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

VISITOR = ConversationRef(Channel.chat, "k1")
QUESTION = "Where is my parcel?"


class LatePartBot(PartBot):
    """Tells the first of its replies only when it is let go."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        if request.body["kind"] != "opened":
            await self.go.wait()
        return await super().reply(request, tell)


@asynccontextmanager
async def turns_of(bot: Bot, sessions: SessionFactory) -> AsyncIterator[Turns]:
    """Run the spine around a bot that is asked more than once."""
    hub = Hub(sessions)
    patience = Patience(question=5, customer=5)
    answering = Answering(sessions=sessions, bot=bot, hub=hub, patience=patience)
    yield Turns(
        sessions=sessions,
        hub=hub,
        answering=answering,
        detect=lambda _: None,
        hiding=Hiding(Seal("a secret", "pins")),
    )
    await answering.stop(at_most=5)


async def asks(turns: Turns) -> tuple[UUID, int]:
    conversation = await turns.open(VISITOR, Language.en, visitor="v1")
    await turns.settled(conversation, 1, at_most=5)
    return conversation, (await turns.take(InboundMessage(conversation, QUESTION))).seq


async def bots_words(sessions: SessionFactory) -> Sequence[str]:
    async with sessions() as session:
        said = select(Message.text).where(Message.author == Author.bot).order_by(Message.seq)
        return (await session.scalars(said)).all()


async def until_said(sessions: SessionFactory, *words: str) -> None:
    for _ in range(500):
        if await bots_words(sessions) == list(words):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await bots_words(sessions))


async def passes_on(sessions: SessionFactory, conversation: UUID) -> None:
    async with sessions.begin() as session:
        found = await ConversationRepository(session).lock(conversation)
        await hand_off(session, found, Reason.asked, trigger_seq=found.last_seq)


async def test_the_first_reply_is_there_while_the_second_is_held_back(
    sessions: SessionFactory,
) -> None:
    bot = PartBot("Hello.", "I am looking.", "It is on its way.")

    async with turns_of(bot, sessions) as turns:
        conversation, seq = await asks(turns)
        await until_said(sessions, "Hello.", "I am looking.")
        owed = not await turns.settled(conversation, seq, at_most=0)
        bot.go.set()
        await until_said(sessions, "Hello.", "I am looking.", "It is on its way.")
        assert await turns.settled(conversation, seq, at_most=5)

    assert owed


async def test_an_answer_that_breaks_off_is_given_again_without_a_second_voice(
    sessions: SessionFactory,
) -> None:
    bot = PartBot("Hello.", "I am looking.", "It is on its way.", breaks_off=2)
    bot.go.set()

    async with turns_of(bot, sessions) as turns:
        conversation, seq = await asks(turns)
        assert await turns.settled(conversation, seq, at_most=5)

    assert len(bot.asked) == 4
    assert await bots_words(sessions) == ["Hello.", "I am looking.", "It is on its way."]


@pytest.mark.parametrize(("bot", "told"), [(PartBot, ["I am looking."]), (LatePartBot, [])])
async def test_nothing_is_added_once_a_person_has_the_customer(
    sessions: SessionFactory, bot: type[PartBot], told: list[str]
) -> None:
    playing = bot("Hello.", "I am looking.", "It is on its way.")

    async with turns_of(playing, sessions) as turns:
        conversation, _ = await asks(turns)
        await until_said(sessions, "Hello.", *told)
        await passes_on(sessions, conversation)
        playing.go.set()

    assert await bots_words(sessions) == ["Hello.", *told]
