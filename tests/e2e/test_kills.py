"""Messages come while programs die: nothing is lost, nothing answered twice, order is kept."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from channels.up.stack import Stack
from crm_store.conversations.models import Author, Effect, Message, Turn, TurnState
from crm_store.db import SessionFactory, create_engine, create_session_factory
from tests.e2e.stubborn import StubbornVisitor
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]

VISITORS = 10
SENTENCES = [
    "hello",
    "I love Verdi's operas",
    "something else please",
    "what can you do?",
    "thank you",
] * 4
KILLS = ["channels", "bot", "actions"] * 3


async def test_two_hundred_messages_survive_nine_kills(stack: Stack, world: World) -> None:
    await world.begin()
    visitors = [StubbornVisitor(stack.url) for _ in range(VISITORS)]

    for number, program in enumerate(KILLS):
        # What was said before is acknowledged by now, and hardly answered yet.
        said = SENTENCES[number :: len(KILLS)]
        talking = asyncio.gather(*(visitor.talk(said) for visitor in visitors))
        await visitors[0].is_heard()
        await asyncio.gather(_kill(stack, program), talking)

    engine = create_engine(stack.database_url)
    sessions = create_session_factory(engine)
    for visitor in visitors:
        await _check(visitor, sessions)
    await engine.dispose()
    assert sum(visitor.breaks for visitor in visitors) > 0


async def _kill(stack: Stack, program: str) -> None:
    stack.kill(program)
    await stack.until_it_answers(program)


async def _check(visitor: StubbornVisitor, sessions: SessionFactory) -> None:
    assert visitor.conversation is not None
    await World(sessions).settled(visitor.conversation)
    async with sessions() as session:
        messages = (
            await session.scalars(
                select(Message)
                .where(Message.conversation_id == visitor.conversation)
                .order_by(Message.seq)
            )
        ).all()
        turns = (
            await session.scalars(
                select(Turn).where(Turn.conversation_id == visitor.conversation).order_by(Turn.seq)
            )
        ).all()
        effects = (
            await session.execute(
                select(Effect.message_id, Effect.action).where(
                    Effect.message_id.in_([turn.message_id for turn in turns])
                )
            )
        ).all()
    said = [message for message in messages if message.author is Author.customer]
    answered = Counter(
        str(message.client_id).rpartition(":")[0]
        for message in messages
        if message.author is Author.bot
    )

    assert [message.seq for message in messages] == list(range(1, len(messages) + 1))
    assert [message.client_id for message in said] == visitor.sent
    assert [message.text for message in said] == visitor.sentences
    assert all(turn.state is TurnState.done for turn in turns)
    assert [turn.message_id for turn in turns][1:] == [message.id for message in said]
    assert set(answered) == {str(turn.message_id) for turn in turns}
    assert _in_order(messages, turns)
    assert effects
    assert all(times == 1 for times in Counter(map(tuple, effects)).values())


def _in_order(messages: Sequence[Message], turns: Sequence[Turn]) -> bool:
    """Tell whether answers came in the order of the messages that they answer."""
    of = {str(turn.message_id): turn.seq for turn in turns}
    order = [
        of[str(message.client_id).rpartition(":")[0]]
        for message in messages
        if message.author is Author.bot
    ]
    return order == sorted(order)
