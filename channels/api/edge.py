"""Where refusals become answers that another program can act on."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from channels.api.bodies import Refusal
from channels.refusing import ForeignPage, RefusingRoute
from channels.wording import the_language, wording
from crm_store.errors import (
    AlreadyDecided,
    ProductNotFound,
    UnknownCustomer,
    UnknownSuggestion,
)


class BadKey(Exception):  # noqa: N818 - it names a state, not a failure
    """The request was not signed by a key of the shop's."""


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


class ApiRoute(RefusingRoute):
    """A route that other programs and pages may ask."""

    refusals = (*RULES, RequestValidationError)

    @staticmethod
    def refuse(error: Exception, request: Request) -> JSONResponse:
        """Return the rule and its sentence."""
        if isinstance(error, RequestValidationError):
            status, rule = 422, _misfit(error)
        else:
            status, rule = RULES[type(error)]
        said = Refusal(rule=rule, text=wording("channels.api")[the_language(request)][rule])
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
