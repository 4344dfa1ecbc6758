"""Calls from the first ring to the goodbye, with the store behind them."""

import pytest
from sqlalchemy import select

from channels.messages import Choice, Reply
from crm_store.conversations.models import Author, Conversation, Handler, Kind, Message
from crm_store.db import SessionFactory
from tests.fakes import FakeBot
from tests.integration.channels.phone.conftest import Serve

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

GREETING = "Guten Tag, hier ist der KI-Assistent."


async def messages(sessions: SessionFactory) -> list[Message]:
    async with sessions() as session:
        return list(await session.scalars(select(Message).order_by(Message.seq)))


async def conversation(sessions: SessionFactory) -> Conversation:
    async with sessions() as session:
        return (await session.scalars(select(Conversation))).one()


async def test_a_caller_is_greeted_and_answered(serve: Serve, sessions: SessionFactory) -> None:
    bot = FakeBot(GREETING, "Ihre Bestellung ist unterwegs.")

    async with serve(bot) as simulator, simulator.call() as call:
        greeting = await call.hears()
        await call.says("Wo ist meine Bestellung?")
        answer = await call.hears()

    assert greeting == GREETING
    assert answer == "Ihre Bestellung ist unterwegs."
    said = [(message.author, message.text) for message in await messages(sessions)]
    assert said[1:4] == [
        (Author.bot, GREETING),
        (Author.customer, "Wo ist meine Bestellung?"),
        (Author.bot, "Ihre Bestellung ist unterwegs."),
    ]
