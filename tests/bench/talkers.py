"""Somebody who says a sentence and waits for the answer: to Rapport's chat, and to bare Rasa."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Protocol
from uuid import uuid4

import httpx2
import websockets

SENTENCE = "hello"


class Talker(Protocol):
    """One end of a conversation."""

    async def turn(self) -> float:
        """Say the sentence; return the milliseconds until the answer is there."""
        ...


class Chatting:
    """A browser at the chat: every message is recorded, acknowledged and answered over a socket."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket

    async def greeted(self) -> None:
        """Open the conversation and wait for the greeting."""
        hello = {"type": "hello", "token": None, "language": "en", "since": 0}
        await self._socket.send(json.dumps(hello))
        await self._answered(after=0)

    async def turn(self) -> float:
        """Return the milliseconds from the sentence to the assistant's recorded answer."""
        began = perf_counter()
        said = {"type": "say", "id": str(uuid4()), "text": SENTENCE}
        await self._socket.send(json.dumps(said))
        seq = 0
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["type"] == "refused":
                raise RuntimeError(frame["rule"])
            if frame["type"] == "ack":
                seq = frame["seq"]
            if frame["type"] == "message" and frame["author"] == "bot" and seq:
                return (perf_counter() - began) * 1000
        raise RuntimeError("the socket was closed")

    async def _answered(self, after: int) -> None:
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["type"] == "message" and frame["author"] == "bot" and frame["seq"] > after:
                return


class AskingRasa:
    """A client of Rasa's REST channel."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client
        self._sender = str(uuid4())

    async def turn(self) -> float:
        """Return the milliseconds of one request; nothing of it outlives a crash."""
        began = perf_counter()
        answer = await self._client.post(
            "/webhooks/rest/webhook", json={"sender": self._sender, "message": SENTENCE}
        )
        if not answer.raise_for_status().json():
            raise RuntimeError("bare Rasa had nothing to say")
        return (perf_counter() - began) * 1000


@asynccontextmanager
async def chatting(url: str) -> AsyncIterator[Chatting]:
    """Open a chat for as long as the block lasts."""
    socket_url = url.replace("http", "ws", 1) + "/chat/socket"
    async with websockets.connect(socket_url, origin=websockets.Origin(url)) as socket:
        talker = Chatting(socket)
        await talker.greeted()
        yield talker


@asynccontextmanager
async def asking_rasa(url: str) -> AsyncIterator[AskingRasa]:
    """Keep a connection for as long as the block lasts."""
    async with httpx2.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
        yield AskingRasa(client)
