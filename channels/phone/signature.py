"""Twilio's signature on everything that reaches the phone line, checked before any effect."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request, WebSocketException, status
from starlette.requests import HTTPConnection
from twilio.request_validator import RequestValidator

from channels.dependencies import TheSettings
from channels.settings import ChannelSettings

HEADER = "x-twilio-signature"
LONGEST_BODY = 64 * 1024
SOON, AT_ONCE = 2500, 700
"""Milliseconds in which a caller is to hear something: who has just spoken, and whose relay is
lost, which may have been silent for a while."""
Form = Mapping[str, str]


def genuine(url: str, fields: Form, signature: str, settings: ChannelSettings) -> bool:
    """Return whether one of our tokens signed this address with these fields."""
    secrets = (settings.twilio_auth_token, settings.twilio_auth_token_secondary)
    tokens = [secret.get_secret_value() for secret in secrets]
    return any(
        RequestValidator(token).validate(url, fields, signature) for token in tokens if token
    )


def relay_url(settings: ChannelSettings, path: str) -> str:
    """Return the address of a socket; it is the exact text that Twilio signs."""
    # Twilio itself speaks wss only; plain ws is what a line without TLS gives the simulator.
    return "ws" + settings.rapport_public_url.rstrip("/").removeprefix("http") + path


def webhook_url(settings: ChannelSettings, path: str) -> str:
    """Return the address of a webhook, by the configured base and not by what a request says."""
    return settings.rapport_public_url.rstrip("/") + path


def question_url(settings: ChannelSettings, path: str, *, within: int = SOON) -> str:
    """Return the address that is asked how a call goes on, while its caller hears nothing.

    Where something stands by, Twilio waits no longer than a caller should, by a fragment that it
    keeps to itself: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
    """
    limits = f"#ct={within}&rt={within}&tt={within}"
    return webhook_url(settings, path) + (limits if settings.rapport_phone_fallback_url else "")


async def signed(connection: HTTPConnection, settings: TheSettings) -> Form:
    """Return the form of a request that Twilio signed, blank values kept; refuse any other."""
    signature = connection.headers.get(HEADER, "")
    if isinstance(connection, Request):
        form = await _form(connection)
        if not genuine(_asked(connection, settings), form, signature, settings):
            raise HTTPException(status.HTTP_403_FORBIDDEN)
        return form
    if not genuine(relay_url(settings, connection.url.path), {}, signature, settings):
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    return {}


def _asked(request: Request, settings: ChannelSettings) -> str:
    query = request.url.query
    return webhook_url(settings, request.url.path) + (f"?{query}" if query else "")


async def _form(request: Request) -> Form:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


SignedForm = Annotated[Form, Depends(signed)]
