"""The pretended telephone on the desk's page."""

import json
from uuid import UUID

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from channels.phone.browser import identity
from channels.phone.rest import Twilio
from channels.simulator.simulator import THE_LINE
from crm_store.db import SessionFactory
from tests.integration.channels.desk.running import PASSWORD, Desk, cookie, refusal, running

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ACCOUNT, TOKEN = "AC" + "5" * 32, "a token that opens nothing"


def telephone_of(desk: Desk, cookies: str) -> connect:
    return connect(
        desk.url.replace("http", "ws", 1) + "/demo/phone/telephone",
        origin=desk.url,  # type: ignore[arg-type]  # a plain string is an origin
        additional_headers={"Cookie": cookies},
    )


async def told(socket: ClientConnection) -> str:
    kind: str = json.loads(await socket.recv())["type"]
    return kind


async def test_an_agents_page_rings_and_picks_up(
    database_url: str, sessions: SessionFactory
) -> None:
    account = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN}
    async with running(database_url, sessions, **account) as desk, desk.browser() as browser:
        mia = await desk.agent("mia")
        await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})
        me = (await browser.get("/desk/api/me")).json()
        async with telephone_of(desk, cookie(browser)) as socket:
            company = Twilio(ACCOUNT, TOKEN, number=THE_LINE, address=desk.url)
            nowhere = f"{desk.url}/phone/leg/{UUID(int=7)}"
            await company.call(
                f"client:{identity(mia.id)}",
                answer_url=f"{nowhere}/answer",
                status_url=f"{nowhere}/status",
            )
            rings = await told(socket)
            await socket.send('{"type":"pick_up"}')
            then = [await told(socket), await told(socket)]

    assert me["telephone"] == "demo"
    # Nobody knows of this leg, so the line hangs up at once.
    assert (rings, then) == ("rings", ["talks", "over"])


async def test_nobody_has_a_telephone_who_is_not_logged_in(desk: Desk) -> None:
    with pytest.raises(InvalidStatus):
        await telephone_of(desk, "")


async def test_without_a_key_there_is_no_token_for_twilio(
    database_url: str, sessions: SessionFactory
) -> None:
    async with running(database_url, sessions) as desk, desk.browser() as browser:
        await desk.agent("mia")
        await browser.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})
        browser.headers["X-CSRF"] = (await browser.get("/desk/api/me")).json()["csrf"]

        assert refusal(await browser.post("/desk/api/telephone")) == (409, "no_telephone")
