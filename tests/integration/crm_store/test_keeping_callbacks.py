"""Keeping promised calls: when they are due, what comes of them, and what a crash leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.callbacks import keeping
from crm_store.callbacks.models import (
    CallbackAttempt,
    CallbackRequest,
    CallbackState,
    CallOutcome,
)
from crm_store.callbacks.reaching import go_on
from crm_store.callbacks.repository import CallbackRepository, Wanted
from crm_store.conversations.models import Channel, Handler
from crm_store.conversations.turns import TurnRepository
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import CallbackNotOpen, UnknownCallback
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MINUTE = timedelta(minutes=1)
CLOSED = NOW + timedelta(hours=10)
CALL = "CA" + "1" * 32


async def a_promise(session: AsyncSession) -> CallbackRequest:
    """A call that is due now, at noon of a Monday."""
    conversation = a_conversation()
    session.add(conversation)
    await session.flush()
    wanted = Wanted("+491713920017", NOW, "an invoice")
    return await CallbackRepository(session).ask(conversation, wanted, at=NOW)


async def an_agent(session: AsyncSession) -> Agent:
    agent = Agent(login=uuid4().hex, name="Mia", password_hash="")
    session.add(agent)
    await session.flush()
    return agent


async def a_call(session: AsyncSession) -> tuple[CallbackRequest, CallbackAttempt]:
    request = await a_promise(session)
    attempt = await keeping.begin(session, request.id, at=NOW)
    await keeping.placed(session, attempt.id, CALL)
    return request, attempt


async def test_a_call_is_due_from_its_moment_on_while_the_shop_is_open(
    sessions: SessionFactory,
) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)

        assert await keeping.due(session, at=NOW - MINUTE) == []
        assert await keeping.due(session, at=NOW) == [request.id]
        assert await keeping.due(session, at=CLOSED) == ()


async def test_a_call_is_begun_once(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        await keeping.begin(session, request.id, at=NOW)

        with pytest.raises(CallbackNotOpen):
            await keeping.begin(session, request.id, at=NOW)
        assert await keeping.due(session, at=NOW) == []


async def test_who_was_spoken_to_is_owed_nothing_more(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request, attempt = await a_call(session)
        await keeping.answered(session, attempt.id, CALL, at=NOW)
        await keeping.ended(session, attempt.id, CallOutcome.answered, call=CALL, at=NOW)

    assert (request.state, attempt.outcome) == (CallbackState.done, CallOutcome.answered)


@pytest.mark.parametrize(
    "outcome", [CallOutcome.busy, CallOutcome.no_answer, CallOutcome.failed, CallOutcome.machine]
)
async def test_who_was_not_reached_is_tried_again_and_missed_in_the_end(
    sessions: SessionFactory, outcome: CallOutcome
) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        at, tried = NOW, []
        while request.state is CallbackState.asked:
            attempt = await keeping.begin(session, request.id, at=at)
            tried.append(at)
            await keeping.ended(session, attempt.id, outcome, call=str(attempt.nth), at=at)
            at = request.calls_at

    assert tried == [NOW, NOW + 15 * MINUTE, NOW + 75 * MINUTE]
    assert (request.state, request.done_at) == (CallbackState.missed, tried[-1])


async def test_another_try_waits_for_the_shop_to_open(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        late = NOW.replace(hour=16, minute=55)
        attempt = await keeping.begin(session, request.id, at=late)
        await keeping.ended(session, attempt.id, CallOutcome.busy, call=CALL, at=late)

    assert request.calls_at.date() > NOW.date()


async def test_a_call_that_ended_without_an_answer_has_failed(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request, attempt = await a_call(session)
        await keeping.ended(session, attempt.id, CallOutcome.answered, call=CALL, at=NOW)

    assert (request.state, attempt.outcome) == (CallbackState.asked, CallOutcome.failed)


async def test_reports_that_come_twice_or_late_change_nothing(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request, attempt = await a_call(session)
        await keeping.answered(session, attempt.id, CALL, at=NOW)
        first = await keeping.ended(session, attempt.id, CallOutcome.answered, call=CALL, at=NOW)
        again = await keeping.ended(session, attempt.id, CallOutcome.busy, call=CALL, at=NOW)

    assert (first, again) == (request, None)
    assert (request.state, attempt.outcome) == (CallbackState.done, CallOutcome.answered)


async def test_killed_before_the_call_it_is_made_good_for(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        await keeping.begin(session, request.id, at=NOW)
        soon, later = NOW + MINUTE, NOW + keeping.LOST_AFTER + MINUTE

        assert await keeping.recover(session, at=soon) == []
        assert await keeping.recover(session, at=later) == [request]
        assert await keeping.due(session, at=later) == [request.id]


async def test_killed_after_the_call_it_is_not_made_again(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        attempt = await keeping.begin(session, request.id, at=NOW)
        # Nobody noted which call it is: that they answer tells.
        await keeping.answered(session, attempt.id, CALL, at=NOW + MINUTE)
        later = NOW + keeping.LOST_AFTER + MINUTE

        assert await keeping.recover(session, at=later) == []
        assert await keeping.due(session, at=later) == []


async def test_a_call_that_was_given_up_is_answered_no_more(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        _, attempt = await a_call(session)
        await keeping.recover(session, at=NOW + keeping.LOST_AFTER + MINUTE)

        with pytest.raises(UnknownCallback):
            await keeping.answered(session, attempt.id, CALL, at=NOW)


async def test_an_agent_takes_a_call_over_and_makes_it(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request, mia = await a_promise(session), await an_agent(session)
        await keeping.take_over(session, request.id, mia.id)
        await session.flush()
        left_alone = await keeping.due(session, at=NOW)
        attempt = await keeping.begin(session, request.id, at=CLOSED, agent_id=mia.id)

    assert left_alone == []
    assert attempt.agent_id == mia.id


async def test_a_call_that_is_cancelled_is_not_made(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        request = await a_promise(session)
        await keeping.cancel(session, request.id, at=NOW)
        await session.flush()

        assert await keeping.due(session, at=NOW) == []
        with pytest.raises(CallbackNotOpen):
            await keeping.begin(session, request.id, at=NOW)


@pytest.mark.parametrize("by_agent", [False, True])
async def test_who_answers_goes_on_with_the_conversation_and_has_proved_nothing(
    sessions: SessionFactory, *, by_agent: bool
) -> None:
    async with sessions.begin() as session:
        request, attempt = await a_call(session)
        mia = await an_agent(session)
        attempt.agent_id = mia.id if by_agent else None
        conversation = await CallbackRepository(session).conversation_of(request)
        ana = a_customer()
        session.add(ana)
        await session.flush()
        conversation.prove(ana.id, Level.strong, "shop", NOW)
        conversation.close("hung_up", NOW)
        await go_on(session, conversation, request, attempt, at=NOW)
        await session.flush()
        owes = await TurnRepository(session).owes(conversation.id)

    assert (conversation.call, conversation.medium) == (CALL, Channel.phone)
    assert conversation.current_level(NOW) is Level.claimed
    assert conversation.handler is (Handler.agent if by_agent else Handler.bot)
    assert owes is not by_agent
