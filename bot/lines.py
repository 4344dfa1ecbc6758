"""An answer that may come in parts: a JSON object a line."""

import json
from typing import Any

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, text

from bot.replies import Reply

CONTENT_TYPE = "application/x-ndjson; charset=utf-8"


class Lines:
    """Answers a request at once, or line by line from the first that comes early."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._response: BaseHTTPResponse | None = None

    async def reply(self, reply: Reply) -> None:
        """Send a reply that comes before the rest."""
        if self._response is None:
            self._response = await self._request.respond(content_type=CONTENT_TYPE)
        await self._response.send(_line({"reply": reply}))

    async def end(self, last: dict[str, Any], *, status: int = 200) -> HTTPResponse | None:
        """Send the last line; the status can say what it is only where nothing went before."""
        if self._response is None:
            return text(_line(last), status=status, content_type=CONTENT_TYPE)
        await self._response.send(_line(last), end_stream=True)
        return None


def _line(of: dict[str, Any]) -> str:
    return json.dumps(of, ensure_ascii=False) + "\n"
