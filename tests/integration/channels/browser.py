"""A page with the chat, as its socket sees it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import websockets


class Browser:
    """A page with the widget, down to its frames."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket

    async def sends(self, **frame: Any) -> None:
        await self._socket.send(json.dumps(frame))

    async def gets(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of a kind with these fields, past all others."""
        async with asyncio.timeout(10):
            async for raw in self._socket:
                frame: dict[str, Any] = json.loads(raw)
                if frame["type"] == kind and fields.items() <= frame.items():
                    return frame
        raise AssertionError("the socket was closed")

    async def greets(self, token: str | None = None, since: int = 0, **more: Any) -> dict[str, Any]:
        await self.sends(type="hello", token=token, language="en", since=since, **more)
        return await self.gets("welcome")


@asynccontextmanager
async def a_browser(url: str) -> AsyncIterator[Browser]:
    """A page of ours, open for as long as the block lasts."""
    address = url.replace("http", "ws", 1) + "/chat/socket"
    async with websockets.connect(address, origin=websockets.Origin(url), proxy=None) as socket:
        yield Browser(socket)
