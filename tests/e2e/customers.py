"""A customer at a browser and a caller on the line, as a scenario needs them: alike."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol
from uuid import UUID, uuid4

import websockets

from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.faults import Fault
from channels.simulator.simulator import SOMEBODY, Simulator
from tests.e2e.world import World

QUIET_SECONDS = 0.4


class Customer(Protocol):
    """Whoever plays a scenario's part."""

    conversation: UUID

    async def says(self, words: str) -> None:
        """Say or type something."""
        ...

    async def chooses(self, title: str) -> None:
        """Take one of the choices on offer."""
        ...

    async def gives_code(self, code: str) -> None:
        """Prove who they are, as is usual on the channel."""
        ...

    async def hears(self) -> str:
        """Return everything since the last time, once the bot owes nothing more."""
        ...


class ChatCustomer:
    """A browser's socket."""

    def __init__(self, socket: websockets.ClientConnection, world: World) -> None:
        self._socket = socket
        self._world = world
        self.conversation = UUID(int=0)
        self.messages: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self._heard = 0
        self._unheard: list[str] = []
        """Refusals that nobody has looked at yet."""
        self._acknowledged: set[str] = set()
        self._code: asyncio.Future[str] | None = None

    async def greet(self, language: str) -> None:
        """Open the chat."""
        await self._send({"type": "hello", "token": None, "language": language, "since": 0})
        welcome = json.loads(await self._socket.recv())
        self.conversation = UUID(welcome["conversation"])

    async def listen(self) -> None:
        """Take in what comes, for as long as the socket is open."""
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["type"] == "message":
                self.messages.append(frame)
            elif frame["type"] == "refused":
                self.refused.append(frame)
                self._unheard.append(frame["text"])
            elif frame["type"] == "phone" and self._code is not None:
                self._code.set_result(frame["code"])
            if frame["type"] in {"ack", "refused"}:
                self._acknowledged.add(frame["id"])

    async def says(self, words: str) -> None:
        await self._deliver({"type": "say", "id": str(uuid4()), "text": words})

    async def chooses(self, title: str) -> None:
        for message in reversed(self.messages):
            titles = [choice["title"] for choice in message["choices"]]
            if title in titles:
                place = titles.index(title)
                await self._deliver(
                    {
                        "type": "choose",
                        "id": str(uuid4()),
                        "seq": message["seq"],
                        "choice": place,
                    }
                )
                return
        raise AssertionError(f"{title!r} was never on offer")

    async def gives_code(self, code: str) -> None:
        await self.says(code)

    async def asks_for_code(self) -> str:
        """Return the code to key in on the phone."""
        self._code = asyncio.get_running_loop().create_future()
        await self._send({"type": "phone"})
        async with asyncio.timeout(10):
            return await self._code

    async def hears(self) -> str:
        last = await self._world.settled(self.conversation)
        for _ in range(100):
            if self.messages and self.messages[-1]["seq"] >= last:
                break
            await asyncio.sleep(0.05)
        new = self.messages[self._heard :]
        self._heard = len(self.messages)
        seen = [_as_seen(message) for message in new if message["author"] != "customer"]
        refused, self._unheard = self._unheard, []
        return "\n".join([*(f"<refused> {text}" for text in refused), *seen])

    async def _deliver(self, frame: dict[str, Any]) -> None:
        await self._send(frame)
        for _ in range(200):
            if frame["id"] in self._acknowledged:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("a message was not acknowledged")

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._socket.send(json.dumps(frame))


class Caller:
    """A telephone."""

    def __init__(self, call: SimulatedCall, world: World) -> None:
        self._call = call
        self._world = world
        self.conversation = UUID(int=0)

    async def pick_up(self) -> str:
        """Wait for the greeting."""
        greeting = await self._call.hears()
        self.conversation = await self._world.conversation_of_call(self._call.sid)
        return greeting

    async def says(self, words: str) -> None:
        before = await self._world.last_seq(self.conversation)
        await self._call.says(words)
        await self._world.recorded_after(self.conversation, before)

    async def chooses(self, title: str) -> None:
        await self.says(title)

    async def gives_code(self, code: str) -> None:
        before = await self._world.last_seq(self.conversation)
        await self._call.keys(f"{code}#")
        await self._world.recorded_after(self.conversation, before)

    async def keys(self, keys: str) -> None:
        """Press keys that are no code."""
        before = await self._world.last_seq(self.conversation)
        await self._call.keys(keys)
        await self._world.recorded_after(self.conversation, before)

    async def goes_on_with(self, chat: ChatCustomer, code: str) -> None:
        """Key in the code from a chat."""
        before = await self._world.last_seq(chat.conversation)
        await self._call.keys(f"{code}#")
        await self._world.recorded_after(chat.conversation, before)
        self.conversation = chat.conversation

    async def hears(self) -> str:
        await self._world.settled(self.conversation)
        heard: list[str] = []
        while True:
            try:
                heard.append(await self._call.hears(within=QUIET_SECONDS if heard else 5))
            except (TimeoutError, CallEnded):
                return "\n".join(heard)


@asynccontextmanager
async def chatting(url: str, language: str, world: World) -> AsyncIterator[ChatCustomer]:
    """Open a chat for as long as the block lasts."""
    socket_url = url.replace("http", "ws", 1) + "/chat/socket"
    async with websockets.connect(socket_url, origin=websockets.Origin(url)) as socket:
        customer = ChatCustomer(socket, world)
        await customer.greet(language)
        listening = asyncio.create_task(customer.listen())
        try:
            yield customer
        finally:
            listening.cancel()


@asynccontextmanager
async def calling(
    simulator: Simulator,
    language: str,
    world: World,
    *,
    number: str | None,
    relay_works: bool = True,
) -> AsyncIterator[Caller]:
    """Hold a call for as long as the block lasts."""
    async with simulator.call(
        language=language,
        from_=number or SOMEBODY,
        relay_fails=None if relay_works else Fault.unreachable,
    ) as call:
        yield Caller(call, world)


def _as_seen(message: dict[str, Any]) -> str:
    choices = [f"[{choice['title']}]" for choice in message["choices"]]
    cards = [f"{card['title']} ({card['reason']})" for card in message["cards"] if "sku" in card]
    step = [] if message["kind"] == "said" else [f"<{message['kind']}>"]
    return "\n".join([*step, message["text"], *cards, *choices])
