"""The recording of a call is heard at the desk, and nowhere else."""

from uuid import UUID, uuid4

import pytest

from crm_store.audit.repository import AuditRepository
from crm_store.recordings.models import CallRecording, RecordingState
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def _recorded(desk: Desk, state: RecordingState = RecordingState.kept) -> UUID:
    waiting = await desk.waiting()
    async with desk.sessions.begin() as session:
        session.add(CallRecording(conversation_id=waiting, call="CA1", state=state, sound=b"sound"))
    return waiting


def _path(conversation: UUID) -> str:
    return f"/desk/api/conversations/{conversation}/recording"


async def test_an_agent_hears_it_and_that_is_on_record(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    waiting = await _recorded(desk)

    heard = await mia.get(_path(waiting))

    assert (heard.status_code, heard.content) == (200, b"sound")
    assert heard.headers["content-type"] == "audio/mpeg"
    assert heard.headers["cache-control"] == "no-store"
    async with desk.sessions() as session:
        entries = await AuditRepository(session).about(most=50)
        assert "GET /desk/api/conversations/{conversation_id}/recording" in {
            entry.deed for entry in entries if entry.conversation_id == waiting
        }


async def test_nobody_else_hears_it(desk: Desk) -> None:
    waiting = await _recorded(desk)

    async with desk.browser() as stranger:
        refused = await stranger.get(_path(waiting))

    assert (refused.status_code, refused.content.count(b"sound")) == (401, 0)


async def test_what_is_spoilt_nobody_hears(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    waiting = await _recorded(desk, RecordingState.spoilt)

    assert refusal(await mia.get(_path(waiting))) == (404, "not_recorded")
    assert (await mia.get(_path(uuid4()))).status_code == 404
