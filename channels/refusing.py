"""The edge at which a refusal becomes an answer that somebody can act on."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from channels.headers import secured


class ForeignPage(Exception):  # noqa: N818 - it names a state, not a failure
    """The request came from a page that may not make it."""


class RefusingRoute(APIRoute):
    """A route whose refusals are answered with their rule and a sentence about it."""

    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    """What it refuses by; all else is a failure."""

    @staticmethod
    def refuse(error: Exception, request: Request) -> Response:
        """Return what a refused request is told."""
        raise NotImplementedError

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the edge around it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return secured(await inner(request))
            except self.refusals as error:
                return secured(self.refuse(error, request))

        return handler
