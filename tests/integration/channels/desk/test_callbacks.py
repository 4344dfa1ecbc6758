"""What agents see of the calls that the shop owes, and do about them."""

import json
from datetime import timedelta
from uuid import uuid4

import httpx2
import pytest
from websockets.asyncio.client import connect

from crm_store.base import Json, Language, utc_now
from crm_store.callbacks.models import CallbackRequest, CallbackState
from crm_store.callbacks.repository import CallbackRepository, Wanted
from tests.builders import a_conversation
from tests.integration.channels.desk.running import Desk, LogIn, cookie, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def promised(desk: Desk) -> CallbackRequest:
    """A call that a customer has asked for, in a while."""
    async with desk.sessions.begin() as session:
        conversation = a_conversation(language=Language.de)
        session.add(conversation)
        await session.flush()
        wanted = Wanted("+491713920017", utc_now() + timedelta(days=1), "eine Rechnung")
        return await CallbackRepository(session).ask(conversation, wanted, at=utc_now())


async def state_of(desk: Desk, request: CallbackRequest) -> CallbackRequest:
    async with desk.sessions() as session:
        return await session.get_one(CallbackRequest, request.id)


async def listed(desk: Desk, browser: httpx2.AsyncClient) -> list[Json]:
    headers = {"Origin": desk.url, "Cookie": cookie(browser)}
    async with connect(desk.socket_url, additional_headers=headers, proxy=None) as socket:
        async for frame in socket:
            told: Json = json.loads(frame)
            if told["type"] == "lists":
                return list(told["callbacks"])
    raise AssertionError("the socket was closed")


async def test_agents_see_what_is_owed(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    request = await promised(desk)

    (owed,) = await listed(desk, mia)

    assert owed["id"] == str(request.id)
    assert (owed["state"], owed["reason"], owed["attempts"]) == ("asked", "eine Rechnung", 0)
    assert owed["phone"] == "+49 171 3920017"


async def test_an_agent_takes_a_call_over(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    request = await promised(desk)

    taken = await mia.post(f"/desk/api/callbacks/{request.id}/take")

    (owed,) = await listed(desk, mia)
    assert (taken.status_code, owed["agent"]) == (204, "Mia")


async def test_an_agent_cancels_a_call_once(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    request = await promised(desk)

    await mia.post(f"/desk/api/callbacks/{request.id}/cancel")
    again = await mia.post(f"/desk/api/callbacks/{request.id}/cancel")

    assert (await state_of(desk, request)).state is CallbackState.withdrawn
    assert refusal(again) == (409, "callback_not_open")
    assert await listed(desk, mia) == []


async def test_an_agent_calls_now_and_not_while_it_rings(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    request = await promised(desk)

    await mia.post(f"/desk/api/callbacks/{request.id}/call")
    again = await mia.post(f"/desk/api/callbacks/{request.id}/call")

    now = await state_of(desk, request)
    assert (now.state, now.attempts) == (CallbackState.calling, 1)
    assert refusal(again) == (409, "callback_not_open")


async def test_a_call_that_nobody_owes_is_refused(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")

    refused = await mia.post(f"/desk/api/callbacks/{uuid4()}/call")

    assert refusal(refused) == (404, "callback_not_open")
