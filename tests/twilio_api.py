"""Holds what goes to Twilio's REST API, and what plays it answers, against its own description."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DESCRIPTION = Path(__file__).parent / "fixtures" / "twilio" / "rest" / "openapi.json"
PREFIX = "/2010-04-01/"
TWILIO = "https://api.twilio.com"
FORM = "application/x-www-form-urlencoded"


@cache
def description() -> OpenAPI:
    """Read the description."""
    return OpenAPI.from_dict(json.loads(DESCRIPTION.read_text("utf-8")))


def checked(app: ASGIApp) -> ASGIApp:
    """Let requests to the REST API and their answers through only if Twilio would know them."""

    async def checking(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(PREFIX) or not path.endswith(".json"):
            await app(scope, receive, send)
            return
        body = await _body(receive)
        given: list[Message] = [{"type": "http.request", "body": body}]
        sent: list[Message] = []

        async def again() -> Message:
            return given.pop() if given else await receive()

        async def keep(message: Message) -> None:
            sent.append(message)

        await app(scope, again, keep)
        check(scope["method"], path, _header(scope, b"authorization"), body, sent)
        for message in sent:
            await send(message)

    return checking


def check(method: str, path: str, authorization: str, body: bytes, sent: Sequence[Message]) -> None:
    """Raise what is wrong with a request, or with the answer to one that was not refused."""
    request = MockRequest(
        TWILIO,
        method.lower(),
        path,
        headers={"Authorization": authorization},
        data=body or None,
        content_type=FORM if body else "",
    )
    taken = description().unmarshal_request(request)
    taken.raise_for_errors()
    # The description lets unknown fields pass; here they are slips.
    assert set(_fields(body)) <= set(taken.body or ()), "Twilio knows no such field"
    status = sent[0]["status"]
    if status < 400:
        answer = b"".join(message.get("body", b"") for message in sent)
        response = MockResponse(answer, status, content_type="application/json")
        description().validate_response(request, response)


def _fields(body: bytes) -> dict[str, list[str]]:
    return parse_qs(body.decode(), keep_blank_values=True)


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode() for key, value in scope["headers"] if key == name), "")
