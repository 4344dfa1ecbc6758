import logging
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action
from sanic import Sanic

from actions import server
from tests.encoders import HashingEncoder

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

SECRET = {server.SECRET_HEADER: "open sesame"}
WORDS = "my secret words"


class Greet(Action):
    """Says hello, or fails over what was said."""

    def name(self) -> str:
        return "action_greet"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        if tracker.latest_message:
            raise ValueError(tracker.latest_message["text"])
        dispatcher.utter_message(response="utter_greet")
        return []


@pytest.fixture
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx2.AsyncClient]:
    # Sanic keeps every application by its name, and allows a second one only in tests.
    monkeypatch.setattr(Sanic, "test_mode", True)
    executor = ActionExecutor()
    executor.register_action(Greet())
    app = server.create_app(executor, "open sesame", HashingEncoder)
    # A socket of our own: Sanic takes port 0 for none, and then always the same.
    listening = socket.create_server((server.HOST, 0))
    running: Any = await app.create_server(sock=listening, return_asyncio_server=True)
    await running.startup()
    port = listening.getsockname()[1]
    async with httpx2.AsyncClient(base_url=f"http://{server.HOST}:{port}") as caller:
        yield caller
    running.close()
    await running.wait_closed()


@pytest.mark.parametrize("headers", [{}, {server.SECRET_HEADER: "guess"}])
async def test_a_stranger_runs_nothing(client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post("/webhook", json=_call("action_greet"), headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"error": "unauthorized"})


async def test_anybody_may_ask_whether_it_is_up(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}


async def test_encodes_for_whoever_knows_the_secret(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/encode", json={"texts": ["Aida", "Otello"]}, headers=SECRET)

    assert [len(row) for row in answer.json()["vectors"]] == [32, 32]
    assert answer.json()["space"] == "hashing"


@pytest.mark.parametrize("body", [{}, {"texts": "Aida"}, {"texts": [1]}, ["Aida"]])
async def test_encodes_texts_alone(client: httpx2.AsyncClient, body: Any) -> None:
    answer = await client.post("/encode", json=body, headers=SECRET)

    assert (answer.status_code, answer.json()) == (400, {"error": "no_texts"})


async def test_runs_an_action(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/webhook", json=_call("action_greet"), headers=SECRET)

    assert answer.status_code == 200
    assert answer.json()["responses"][0]["response"] == "utter_greet"


async def test_names_an_action_that_it_does_not_know(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/webhook", json=_call("action_nothing"), headers=SECRET)

    assert answer.status_code == 404
    assert answer.json() == {"error": "unknown_action", "action_name": "action_nothing"}


async def test_a_failure_tells_nothing_of_what_was_said(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    call = _call("action_greet", latest_message={"text": WORDS})
    with caplog.at_level(logging.DEBUG):
        answer = await client.post("/webhook", json=call, headers=SECRET)

    assert (answer.status_code, answer.json()) == (500, {"error": "action_failed"})
    assert "ValueError" in caplog.text
    assert WORDS not in caplog.text


@pytest.mark.parametrize("body", ["{broken", "[]", "null"])
async def test_refuses_what_is_no_call(client: httpx2.AsyncClient, body: str) -> None:
    answer = await client.post("/webhook", content=body, headers=SECRET)

    assert answer.status_code == 400


def _call(action: str, **tracker: Any) -> dict[str, Any]:
    known = {"sender_id": "a", "slots": {}, "events": [], **tracker}
    return {"next_action": action, "tracker": known, "domain": {"actions": [action]}}
