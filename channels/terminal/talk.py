"""A visitor's chat over the same socket that a browser uses."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from uuid import UUID, uuid4

import websockets
from rich.console import Console

from channels.terminal.explained import Explainer
from crm_store.base import Json, Language

GOODBYE = "/bye"
PROMPT_STYLE, STEP_STYLE = "bold", "dim"


class Talk:
    """One chat: what is typed goes out, what comes is shown."""

    def __init__(self, socket: websockets.ClientConnection, conversation: UUID) -> None:
        self._socket = socket
        self._conversation = conversation
        self._offer: Json | None = None
        """The last message with answers on offer."""

    @classmethod
    @asynccontextmanager
    async def begun(cls, url: str, language: Language) -> AsyncIterator[Self]:
        """Open a chat for as long as the block lasts; raise OSError where nothing answers."""
        address = url.replace("http", "ws", 1) + "/chat/socket"
        async with websockets.connect(address, origin=websockets.Origin(url)) as socket:
            hello = {"type": "hello", "token": None, "language": language, "since": 0}
            await socket.send(json.dumps(hello))
            welcome = json.loads(await socket.recv())
            yield cls(socket, UUID(welcome["conversation"]))

    async def hold(
        self, console: Console, lines: AsyncIterator[str], explainer: Explainer | None
    ) -> None:
        """Pass words both ways until the customer leaves or the socket closes."""
        listening = asyncio.create_task(self._listen(console, explainer))
        speaking = asyncio.create_task(self._speak(console, lines))
        _, left = await asyncio.wait((listening, speaking), return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _speak(self, console: Console, lines: AsyncIterator[str]) -> None:
        async for line in lines:
            if line == GOODBYE:
                return
            frame = self._frame(line)
            if frame is None:
                console.print("no such answer is on offer", style="red")
            elif line:
                await self._socket.send(json.dumps({"id": str(uuid4()), **frame}))

    def _frame(self, line: str) -> dict[str, Any] | None:
        place = line.removeprefix("/")
        if not line.startswith("/") or not place.isdigit():
            return {"type": "say", "text": line}
        offered = self._offer["choices"] if self._offer else []
        if self._offer is None or not 1 <= int(place) <= len(offered):
            return None
        return {"type": "choose", "seq": self._offer["seq"], "choice": int(place) - 1}

    async def _listen(self, console: Console, explainer: Explainer | None) -> None:
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["type"] == "refused":
                console.print(frame["text"], style="red", markup=False)
            elif frame["type"] == "message":
                await self._show(frame, console, explainer)

    async def _show(self, frame: Json, console: Console, explainer: Explainer | None) -> None:
        if frame["author"] == "customer":
            if explainer is not None:
                console.print(
                    await explainer.of(self._conversation, frame["seq"]),
                    style=STEP_STYLE,
                    markup=False,
                )
            return
        if frame["kind"] != "said":
            console.print(f"<{frame['kind']}>", style=STEP_STYLE, markup=False)
        if frame["text"]:
            console.print(frame["text"], style=PROMPT_STYLE, markup=False)
        for card in frame["cards"]:
            console.print(f"  · {card['title']} ({card['reason']})", markup=False)
        for place, choice in enumerate(frame["choices"], start=1):
            console.print(f"  /{place} {choice['title']}", markup=False)
        if frame["choices"]:
            self._offer = frame
