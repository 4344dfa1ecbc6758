"""What the phone company tells of recordings, late, again and in any order."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import select

from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, Conversation, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.privacy.erasure import erase
from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.repository import RecordingRepository
from crm_store.recordings.service import begun, done, reported
from crm_store.recordings.steps import REPORT_LOST_AFTER, Step
from tests.builders import a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CALL, NUMBER, OTHER = "CA1", "RE1", "RE2"
LEASE = timedelta(minutes=1)
State = RecordingState


async def _allowed(sessions: SessionFactory, state: RecordingState = State.allowed) -> UUID:
    async with sessions.begin() as session:
        conversations = ConversationRepository(session)
        talk = await conversations.start(ConversationRef(Channel.phone, CALL), Language.de)
        talk.take_call(CALL, utc_now())
        session.add(
            CallRecording(
                conversation_id=talk.id,
                call=CALL,
                state=state,
                answered_at=utc_now(),
                recording=None if state is State.allowed else NUMBER,
                at_company=state is not State.allowed,
            )
        )
        return talk.id


async def _tell(sessions: SessionFactory, status: str, number: str = NUMBER) -> None:
    async with sessions.begin() as session:
        await reported(session, call=CALL, recording=number, status=status, seconds=4, at=utc_now())


async def _all(sessions: SessionFactory) -> dict[str | None, RecordingState]:
    async with sessions() as session:
        return {row.recording: row.state for row in await session.scalars(select(CallRecording))}


async def _due(
    sessions: SessionFactory, *, later: timedelta = timedelta(0)
) -> list[tuple[str | None, Step]]:
    async with sessions.begin() as session:
        repository = RecordingRepository(session)
        due = await repository.take_due(at=utc_now() + later, lease=LEASE)
        return [(one.recording, one.step) for one in due]


async def _hang_up(sessions: SessionFactory, conversation: UUID) -> None:
    async with sessions.begin() as session:
        (await session.get_one(Conversation, conversation)).end_call()


@pytest.mark.parametrize(
    "order", sorted(set(permutations(["in-progress", "in-progress", "completed", "completed"])))
)
async def test_any_order_ends_ended(sessions: SessionFactory, order: tuple[str, ...]) -> None:
    await _allowed(sessions)

    for status in order:
        await _tell(sessions, status)

    assert await _all(sessions) == {NUMBER: State.ended}
    assert await _due(sessions) == [(NUMBER, Step.fetch)]


async def test_what_is_absent_is_not_fetched(sessions: SessionFactory) -> None:
    await _allowed(sessions, State.running)

    await _tell(sessions, "absent")
    await _tell(sessions, "in-progress")

    assert await _all(sessions) == {NUMBER: State.absent}
    assert await _due(sessions) == []


async def test_a_report_before_the_answer_is_the_same_recording(sessions: SessionFactory) -> None:
    await _allowed(sessions)
    async with sessions.begin() as session:
        [start] = await RecordingRepository(session).take_due(at=utc_now(), lease=LEASE)

    await _tell(sessions, "in-progress")
    async with sessions.begin() as session:
        await begun(session, start, NUMBER)

    assert await _all(sessions) == {NUMBER: State.running}


async def test_a_second_recording_of_a_call_is_deleted(sessions: SessionFactory) -> None:
    conversation = await _allowed(sessions)
    async with sessions.begin() as session:
        [start] = await RecordingRepository(session).take_due(at=utc_now(), lease=LEASE)
        await begun(session, start, NUMBER)
        await begun(session, start, OTHER)
    assert await _all(sessions) == {NUMBER: State.running, OTHER: State.spoilt}
    assert await _due(sessions) == []

    await _hang_up(sessions, conversation)

    assert (OTHER, Step.delete) in await _due(sessions)


@pytest.mark.parametrize("state", [State.running, State.paused])
async def test_a_report_that_never_comes_is_not_waited_for(
    sessions: SessionFactory, state: RecordingState
) -> None:
    conversation = await _allowed(sessions, state)
    await _hang_up(sessions, conversation)
    async with sessions.begin() as session:
        [waits] = await RecordingRepository(session).take_due(at=utc_now(), lease=LEASE)
        assert waits.step is Step.await_report
        await done(session, waits, at=utc_now())

    assert await _due(sessions) == []
    assert await _due(sessions, later=REPORT_LOST_AFTER) == [(NUMBER, Step.end)]


async def test_a_step_is_one_process_s(sessions: SessionFactory) -> None:
    await _allowed(sessions)

    first, second = await _due(sessions), await _due(sessions)

    assert (first, second) == ([(None, Step.start)], [])


async def test_it_is_forgotten_with_its_customer_at_the_company_too(
    sessions: SessionFactory,
) -> None:
    conversation = await _allowed(sessions, State.running)
    async with sessions.begin() as session:
        ana = a_customer()
        session.add(ana)
        await session.flush()
        talk = await session.get_one(Conversation, conversation)
        talk.prove(ana.id, Level.verified, "code", utc_now())
        await session.flush()
        await erase(session, ana.id, at=utc_now())
    assert await _all(sessions) == {}

    await _tell(sessions, "completed")

    assert await _all(sessions) == {NUMBER: State.spoilt}
    assert await _due(sessions) == [(NUMBER, Step.delete)]
