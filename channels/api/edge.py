"""Where refusals become answers that another program can act on."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from channels.api.bodies import Refusal
from channels.api.wording import sentence
from channels.desk.wording import language_of
from channels.headers import secured
from crm_store.errors import (
    AlreadyDecided,
    ProductNotFound,
    UnknownCustomer,
    UnknownSuggestion,
)


class BadKey(Exception):  # noqa: N818 - it names a state, not a failure
    """The request was not signed by a key of the shop's."""


class ForeignPage(Exception):  # noqa: N818 - it names a state, not a failure
    """The request came from a page that may not embed the widget."""


class TooMany(Exception):  # noqa: N818 - it names a state, not a failure
    """More requests came in the last minute than the limit allows."""


class EmptyWish(Exception):  # noqa: N818 - it names a state, not a failure
    """The wish has no words, or there is nothing at all to go by."""


RULES: Mapping[type[Exception], tuple[int, str]] = {
    BadKey: (401, "bad_key"),
    ForeignPage: (403, "foreign_page"),
    UnknownCustomer: (404, "unknown_customer"),
    ProductNotFound: (404, "unknown_product"),
    UnknownSuggestion: (404, "unknown_suggestion"),
    AlreadyDecided: (409, "decided_before"),
    EmptyWish: (422, "empty_wish"),
    TooMany: (429, "too_many"),
}
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": "60"},
}
INVALID, LONG, LANGUAGE = "invalid", "too_long", "unknown_language"
_REFUSALS: tuple[type[Exception], ...] = (*RULES, RequestValidationError)


class RefusingRoute(APIRoute):
    """A route whose refusals are answered with their rule and a sentence about it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the edge around it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return secured(await inner(request))
            except _REFUSALS as error:
                return secured(refusal(error, request))

        return handler


def refusal(error: Exception, request: Request) -> JSONResponse:
    """Return what a refused request is told."""
    if isinstance(error, RequestValidationError):
        status, rule = 422, _misfit(error)
    else:
        status, rule = RULES[type(error)]
    language = language_of(request.headers.get("accept-language", ""))
    said = Refusal(rule=rule, text=sentence(rule, language))
    return JSONResponse(said.model_dump(), status, HEADERS.get(status))


def answers(*rules: str) -> dict[int | str, dict[str, Any]]:
    """Return, for the documentation, by which rules and with which status a route refuses."""
    by_status: dict[int | str, list[str]] = {}
    statuses = {rule: status for status, rule in RULES.values()}
    for rule in rules:
        by_status.setdefault(statuses.get(rule, 422), []).append(f"`{rule}`")
    return {
        status: {"model": Refusal, "description": ", ".join(names)}
        for status, names in by_status.items()
    }


def _misfit(error: RequestValidationError) -> str:
    for one in error.errors():
        if one["loc"][-1] == "language":
            return LANGUAGE
        if one["type"] == "string_too_long":
            return LONG
    return INVALID
