"""The one place where a refusal becomes an answer that an agent can read."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from channels.desk.wording import language_of, sentence
from channels.headers import secured
from crm_store.base import Language
from crm_store.errors import (
    AlreadyClaimed,
    LateWrite,
    LoginRefused,
    SameIdOtherWords,
    StoreError,
    UnknownConversation,
    WrongHandler,
)


class LoginNeeded(Exception):  # noqa: N818 - it names a state, not a failure
    """The browser has no session that holds."""


class ForeignPage(Exception):  # noqa: N818 - it names a state, not a failure
    """The request was not made by a page of ours."""


# The first that fits counts, so the special stand before the general.
RULES: tuple[tuple[type[Exception], int, str], ...] = (
    (LoginNeeded, 401, "login_needed"),
    (ForeignPage, 403, "foreign_page"),
    (LoginRefused, 401, "login_refused"),
    (UnknownConversation, 404, "unknown_conversation"),
    (AlreadyClaimed, 409, "already_claimed"),
    (LateWrite, 409, "late"),
    (WrongHandler, 409, "not_yours"),
    (SameIdOtherWords, 409, "same_id_other_words"),
    (StoreError, 409, "refused"),
    (RequestValidationError, 422, "invalid"),
)
_REFUSALS = tuple(error for error, _, _ in RULES)


class DeskRoute(APIRoute):
    """A route whose refusals are answered with their rule and a sentence about it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the edge around it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return secured(await inner(request))
            except _REFUSALS as error:
                return secured(_refusal(error, the_language(request)))

        return handler


def the_language(connection: HTTPConnection) -> Language:
    """Return the language that the agent's page asks for."""
    return language_of(connection.headers.get("accept-language", ""))


def _refusal(error: Exception, language: Language) -> JSONResponse:
    status, rule = next((s, r) for kind, s, r in RULES if isinstance(error, kind))
    return JSONResponse({"rule": rule, "text": sentence(rule, language)}, status)
