"""A phone's own end of its wire to the exchange."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from channels.simulator.account import Account
from channels.simulator.call import SimulatedCall
from channels.simulator.verbs import Conference

PATH = "/demo/phone/exchange"
ANSWER_SECONDS = 5.0


class Plug:
    """Tells the exchange what the phone does, and the phone what the exchange wants."""

    def __init__(self, socket: ClientConnection | None) -> None:
        self.rung: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._socket = socket
        self._answers: asyncio.Queue[str] = asyncio.Queue()
        self._calls: dict[str, SimulatedCall] = {}

    async def hold(self, call: SimulatedCall) -> None:
        """Make a call known that the phone begins."""
        self._calls[call.sid] = call
        await self._ask({"type": "holds", "call": call.sid, "from": call.caller, "to": call.called})

    async def answer(self, number: str) -> None:
        """Be rung when this number is called."""
        await self._ask({"type": "answers", "number": number})

    async def pick_up(self, call: SimulatedCall) -> bool:
        """Take a call that rings; return whether it still did."""
        self._calls[call.sid] = call
        return await self._ask({"type": "picks_up", "call": call.sid}) == "connected"

    async def decline(self, sid: str) -> None:
        """Leave a call that rings to nobody."""
        await self._tell({"type": "declines", "call": sid})

    async def over(self, call: SimulatedCall) -> None:
        """Make known that a call has ended."""
        await self._tell({"type": "over", "call": call.sid})

    async def enter(self, call: str, conference: Conference) -> None:
        """Let a call into a room."""
        await self._tell(
            {
                "type": "enters",
                "call": call,
                "room": conference.name,
                "ends": conference.ends,
                "muted": conference.muted,
                "events": conference.events,
                "told": sorted(conference.told),
            }
        )

    async def leave(self, call: str) -> None:
        """Let a call out of its room."""
        await self._tell({"type": "leaves", "call": call})

    async def speak(self, call: str, text: str) -> None:
        """Have the others in its room hear something."""
        await self._tell({"type": "speaks", "call": call, "text": text})

    async def listen(self) -> None:
        """Pass on what the exchange wants, for as long as the plug is in."""
        if self._socket is None:
            return
        with suppress(ConnectionClosed):
            async for frame in self._socket:
                await self._obey(json.loads(frame))

    async def _obey(self, wish: dict[str, Any]) -> None:
        match wish["type"]:
            case "rings":
                self.rung.put_nowait(wish)
            case "redirect":
                await self._calls[wish["call"]].redirects(url=wish["url"], twiml=wish["twiml"])
            case "hang_up":
                await self._calls[wish["call"]].hangs_up()
            case "hears" | "alone" | "plays" | "room_over":
                self._calls[wish["call"]].notices(wish)
            case answer:
                self._answers.put_nowait(answer)

    async def _ask(self, what: dict[str, Any]) -> str | None:
        if self._socket is None:
            return None
        await self._tell(what)
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._answers.get()
        return None

    async def _tell(self, what: dict[str, Any]) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(json.dumps(what))


@asynccontextmanager
async def plugged_in(account: Account, address: str) -> AsyncIterator[Plug]:
    """Connect a phone with the exchange; a server that plays none leaves it to itself."""
    socket = await _socket(account, address)
    plug = Plug(socket)
    listening = asyncio.create_task(plug.listen())
    try:
        yield plug
    finally:
        if socket is not None:
            await socket.close()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _socket(account: Account, address: str) -> ClientConnection | None:
    credentials = b64encode(f"{account.sid}:{account.token}".encode()).decode()
    url = "ws" + address.rstrip("/").removeprefix("http") + PATH
    try:
        return await connect(
            url, additional_headers={"Authorization": f"Basic {credentials}"}, proxy=None
        )
    except (OSError, TimeoutError, InvalidHandshake):
        return None
