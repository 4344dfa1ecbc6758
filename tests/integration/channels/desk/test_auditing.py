"""What agents look at and do is on record."""

import json

import pytest
from fastapi.routing import iter_route_contexts
from websockets.asyncio.client import connect

from channels.desk.entry import SAFE
from crm_store.audit.models import AuditEntry
from crm_store.audit.repository import AuditRepository
from tests.integration.channels.desk.running import (
    PASSWORD,
    Desk,
    LogIn,
    cookie,
    filled,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

OPEN_TO_ALL = {"/desk/api/login"}


async def test_every_route_of_the_desk_is_audited(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    expected = set()
    for path, method in _doors(desk):
        assert "{" not in filled(path), f"{path} has a place that this test does not know"
        await mia.request(method, filled(path))
        expected.add(f"{method} {path}")

    assert len(expected) >= 8
    assert expected <= {one.deed for one in await _entries(desk)}


async def test_to_read_a_story_is_on_record(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    mia = await log_in("mia")

    await mia.get(f"/desk/api/conversations/{conversation}")
    await mia.post(f"/desk/api/conversations/{conversation}/claim")

    read, took = (await _entries(desk))[-2:]
    assert read.deed == "GET /desk/api/conversations/{conversation_id}"
    assert took.deed == "POST /desk/api/conversations/{conversation_id}/claim"
    assert read.conversation_id == took.conversation_id == conversation
    assert read.actor == took.actor == (await mia.get("/desk/api/me")).json()["agent"]["id"]


async def test_what_is_refused_is_on_record_too(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    mia, ben = await log_in("mia"), await log_in("ben")
    await mia.post(f"/desk/api/conversations/{conversation}/claim")

    refused = await ben.post(f"/desk/api/conversations/{conversation}/claim")

    assert refused.status_code == 409
    assert (await _entries(desk))[-1].deed.endswith("/claim")


async def test_to_follow_a_conversation_is_on_record(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    mia = await log_in("mia")

    headers = {"Cookie": cookie(mia)}
    async with connect(desk.socket_url, origin=desk.url, additional_headers=headers) as page:  # type: ignore[arg-type]  # a plain string is an origin
        watch = {"type": "watch", "conversation": str(conversation), "since": 0}
        await page.send(json.dumps(watch))
        while json.loads(await page.recv()).get("conversation") != str(conversation):
            pass

    last = (await _entries(desk))[-1]
    assert (last.deed, last.conversation_id) == ("watch /desk/socket", conversation)


async def test_logins_are_on_record_and_wrong_ones_by_name_of_nobody_are_not(desk: Desk) -> None:
    agent = await desk.agent("mia")
    async with desk.browser() as browser:
        for login, password in (("mia", "wrong"), ("secret-word", "x"), ("mia", PASSWORD)):
            await browser.post("/desk/api/login", json={"login": login, "password": password})

    entries = await _entries(desk)

    assert [(one.deed, one.actor) for one in entries] == [
        ("login refused", str(agent.id)),
        ("login", str(agent.id)),
    ]


def _doors(desk: Desk) -> list[tuple[str, str]]:
    """Return the routes that change something or show somebody's matters; to leave comes last."""
    doors = [
        (route.path or "", method)
        for route in iter_route_contexts(desk.app.routes)
        for method in getattr(route, "methods", None) or ()
        if (route.path or "").startswith("/desk/api")
        and route.path not in OPEN_TO_ALL
        and (method not in SAFE or "{" in (route.path or ""))
    ]
    return sorted(doors, key=lambda door: door[0].endswith("/logout"))


async def _entries(desk: Desk) -> list[AuditEntry]:
    async with desk.sessions() as session:
        return list(await AuditRepository(session).about(most=200))
