"""Webhooks that come again: the same answer, and nothing else, whoever sends them."""

from collections.abc import Callable, Coroutine, Mapping
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response, status
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from channels.dependencies import TheSessions
from channels.phone.signature import Form, signed
from crm_store.base import utc_now
from crm_store.calls.answered import AnsweredRepository
from crm_store.db import SessionFactory, at_once

TOKEN = "i-twilio-idempotency-token"  # noqa: S105 - the name of a header
"""Equal on all deliveries of one webhook: https://www.twilio.com/docs/usage/webhooks."""
CALL = "CallSid"


class AnsweredBefore(Exception):  # noqa: N818 - it names a state, not a failure
    """This very webhook has its answer already."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


async def unanswered(
    connection: HTTPConnection, form: Annotated[Form, Depends(signed)], sessions: TheSessions
) -> None:
    """Let a genuine webhook pass if it is new, of a call that may still have news."""
    if not isinstance(connection, Request):
        return
    call = form.get(CALL, "")
    connection.state.webhook = (call, _digest(connection, form))
    async with at_once(sessions) as session:
        if await AnsweredRepository(session).long_over(call, at=utc_now()):
            raise HTTPException(status.HTTP_410_GONE)
        await _look_up(session, connection)


async def _look_up(session: AsyncSession, request: Request) -> None:
    token = request.headers.get(TOKEN)
    if token is None:
        return
    _, digest = request.state.webhook
    before = await AnsweredRepository(session).find(token, digest)
    if before is not None:
        raise AnsweredBefore(_response(before.status, before.body))


class AnsweredOnce(APIRoute):
    """Keeps every answer that a webhook gets, and gives it again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route."""
        answer = super().get_route_handler()

        async def answer_once(request: Request) -> Response:
            try:
                response = await answer(request)
            except AnsweredBefore as before:
                return before.response
            token = request.headers.get(TOKEN)
            if token is not None and _is_to_be_kept(response):
                await _keep(request, token, response)
            return response

        return answer_once


def webhook_router(prefix: str, route: type[AnsweredOnce] = AnsweredOnce) -> APIRouter:
    """Return a router of webhooks, each let in by its signature and answered once."""
    return APIRouter(
        prefix=prefix,
        tags=["phone"],
        route_class=route,
        dependencies=[Depends(signed), Depends(unanswered)],
    )


class TwimlResponse(Response):
    """What Twilio is to do next."""

    media_type = "text/xml"


class KeptTwiml(TwimlResponse):
    """An answer that is kept already, under its call and its question."""


def _is_to_be_kept(response: Response) -> bool:
    if isinstance(response, KeptTwiml):
        return False
    return response.status_code < status.HTTP_300_MULTIPLE_CHOICES


async def _keep(request: Request, token: str, response: Response) -> None:
    sessions: SessionFactory = request.state.sessions
    call, digest = request.state.webhook
    async with sessions.begin() as session:
        await AnsweredRepository(session).keep(
            call, token, digest, status=response.status_code, body=bytes(response.body).decode()
        )


def _response(code: int, body: str) -> Response:
    if code == status.HTTP_204_NO_CONTENT:
        return Response(status_code=code)
    return TwimlResponse(body, status_code=code)


def _digest(request: HTTPConnection, form: Mapping[str, str]) -> str:
    asked = f"{request.url.path}?{request.url.query}\n{urlencode(sorted(form.items()))}"
    return sha256(asked.encode()).hexdigest()
