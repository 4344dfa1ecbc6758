"""Where phones are plugged into the exchange, from whichever process; in the demo only."""

from base64 import b64decode
from binascii import Error
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, WebSocket, WebSocketDisconnect, WebSocketException, status
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from channels.dependencies import TheSettings
from channels.simulator.exchange import BUSY, HELD, Call, Exchange
from channels.simulator.plug import PATH
from channels.simulator.rest import entitled
from channels.simulator.rooms import Entry

router = APIRouter()


class Holds(BaseModel):
    """A phone has begun a call."""

    type: Literal["holds"]
    call: str
    from_: str = Field(alias="from")
    to: str


class Answers(BaseModel):
    """A phone wants to be rung."""

    type: Literal["answers"]
    number: str


class PicksUp(BaseModel):
    """A phone takes the call that it is rung for."""

    type: Literal["picks_up"]
    call: str


class Declines(BaseModel):
    """A phone does not want the call that it is rung for."""

    type: Literal["declines"]
    call: str


class Over(BaseModel):
    """A phone has put a call down."""

    type: Literal["over"]
    call: str


class Enters(BaseModel):
    """A call goes into a room."""

    type: Literal["enters"]
    call: str
    room: str
    ends: bool
    muted: bool = False
    events: str
    told: frozenset[str]


class Leaves(BaseModel):
    """A call goes out of its room."""

    type: Literal["leaves"]
    call: str


class Speaks(BaseModel):
    """Something is said on a call, for the others in its room."""

    type: Literal["speaks"]
    call: str
    text: str


Told = Holds | Answers | PicksUp | Declines | Over | Enters | Leaves | Speaks
_TOLD: TypeAdapter[Told] = TypeAdapter(Annotated[Told, Field(discriminator="type")])


@router.websocket(PATH)
async def exchange(websocket: WebSocket, settings: TheSettings) -> None:
    """Connect one phone with the exchange for as long as it is plugged in."""
    if not entitled(*_credentials(websocket), settings):
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    await websocket.accept()
    await _Plugged(websocket, websocket.state.exchange).stay()


class _Plugged:
    """A phone at the other end of a socket."""

    def __init__(self, websocket: WebSocket, exchange: Exchange) -> None:
        self._websocket = websocket
        self._exchange = exchange

    async def tell(self, what: dict[str, Any]) -> None:
        """Send the phone something; it may just have been pulled out."""
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._websocket.send_json(what)

    async def stay(self) -> None:
        """Do what the phone says until it is pulled out."""
        try:
            while True:
                await self._take(_TOLD.validate_json(await self._websocket.receive_text()))
        except ValidationError:
            await self._websocket.close(status.WS_1007_INVALID_FRAME_PAYLOAD_DATA)
        except WebSocketDisconnect:
            return
        finally:
            await self._exchange.unplug(self)

    async def _take(self, told: Told) -> None:
        match told:
            case Holds():
                call = Call(told.call, told.from_, told.to, "inbound", HELD, phone=self)
                self._exchange.hold(call)
                await self.tell({"type": "held"})
            case Answers():
                self._exchange.plug_in(told.number, self)
                await self.tell({"type": "plugged_in"})
            case PicksUp():
                got = self._exchange.pick_up(told.call, self)
                await self.tell({"type": "connected" if got else "gone"})
            case Declines():
                self._exchange.give_up(told.call, BUSY)
            case Enters():
                entry = Entry(told.room, told.ends, told.events, told.told, told.muted)
                await self._exchange.enter(told.call, entry)
            case Leaves():
                await self._exchange.rooms.leave(told.call)
            case Speaks():
                await self._exchange.rooms.speak(told.call, told.text)
            case Over():
                await self._exchange.over(told.call)


def _credentials(websocket: WebSocket) -> tuple[str, str]:
    scheme, _, encoded = websocket.headers.get("authorization", "").partition(" ")
    try:
        sid, _, token = b64decode(encoded, validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return "", ""
    return (sid, token) if scheme.lower() == "basic" else ("", "")
