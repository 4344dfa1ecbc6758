"""A browser that does not give up: after every break it returns and sends what is unconfirmed."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import websockets

PAUSE_SECONDS = 0.3
ATTEMPTS = 400
ACKNOWLEDGED_WITHIN_SECONDS = 5.0


@dataclass
class StubbornVisitor:
    """Says sentences one after the other, each until it is acknowledged."""

    url: str
    conversation: UUID | None = None
    sentences: list[str] = field(default_factory=list)
    """What it has said, in order."""
    sent: list[str] = field(default_factory=list)
    """The ids of its messages, in order."""
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Every message that it was shown, by number."""
    breaks: int = 0
    _token: str | None = None
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def is_heard(self) -> None:
        """Wait until something that it says from now on was acknowledged."""
        self._heard.clear()
        async with asyncio.timeout(ATTEMPTS * PAUSE_SECONDS):
            await self._heard.wait()

    async def talk(self, sentences: Sequence[str]) -> None:
        """Say all of it, whatever breaks meanwhile."""
        left = [(str(uuid4()), sentence) for sentence in sentences]
        self.sentences += sentences
        self.sent += [message_id for message_id, _ in left]
        for _ in range(ATTEMPTS):
            try:
                await self._visit(left)
            except (OSError, TimeoutError, websockets.WebSocketException):
                self.breaks += 1
                await asyncio.sleep(PAUSE_SECONDS)
            if not left:
                return
        raise AssertionError("not everything was acknowledged")

    async def _visit(self, left: list[tuple[str, str]]) -> None:
        async with websockets.connect(
            self.url.replace("http", "ws", 1) + "/chat/socket", origin=websockets.Origin(self.url)
        ) as socket:
            since = max(self.seen, default=0)
            await socket.send(
                json.dumps(
                    {"type": "hello", "token": self._token, "language": "en", "since": since}
                )
            )
            while left:
                message_id, sentence = left[0]
                await socket.send(json.dumps({"type": "say", "id": message_id, "text": sentence}))
                async with asyncio.timeout(ACKNOWLEDGED_WITHIN_SECONDS):
                    await self._until_acknowledged(socket, message_id)
                left.pop(0)
                self._heard.set()

    async def _until_acknowledged(self, socket: websockets.ClientConnection, wanted: str) -> None:
        async for raw in socket:
            frame = json.loads(raw)
            match frame["type"]:
                case "welcome":
                    self._token = frame["token"]
                    self.conversation = UUID(frame["conversation"])
                case "message":
                    self.seen[frame["seq"]] = frame
                case "ack" if frame["id"] == wanted:
                    return
                case "refused":
                    raise AssertionError(f"refused: {frame['rule']}")
        raise TimeoutError
