"""The pretended telephone on the desk's page; it exists in the demo only."""

import asyncio
from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, WebSocket, WebSocketDisconnect, WebSocketException, status
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from channels.dependencies import TheCommon, TheSettings
from channels.desk.edge import LoginNeeded
from channels.desk.entry import from_our_page, whoever
from channels.phone.browser import identity
from channels.phone.standby import standby
from channels.simulator.account import Account
from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.events import Ended, Problem, Spoken
from channels.simulator.refusal import Refused
from channels.simulator.simulator import Phone, Ringing, Simulator

router = APIRouter(prefix="/demo/phone", tags=["demo"])

LONGEST_TEXT = 4000


class PickUp(BaseModel):
    """Take the call that rings."""

    type: Literal["pick_up"]


class Decline(BaseModel):
    """Leave the call that rings."""

    type: Literal["decline"]


class Key(BaseModel):
    """Press a key."""

    type: Literal["key"]
    digit: str = Field(pattern=r"^[0-9#*]$")


class Say(BaseModel):
    """Speak."""

    type: Literal["say"]
    text: str = Field(max_length=LONGEST_TEXT)


class HangUp(BaseModel):
    """Put the telephone down."""

    type: Literal["hang_up"]


Does = PickUp | Decline | Key | Say | HangUp
_DOES: TypeAdapter[Does] = TypeAdapter(Annotated[Does, Field(discriminator="type")])


@router.websocket("/telephone")
async def telephone(websocket: WebSocket, common: TheCommon, settings: TheSettings) -> None:
    """Be an agent's telephone for as long as their page is open."""
    if not from_our_page(websocket, settings):
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    try:
        who = await whoever(websocket, common, settings)
    except LoginNeeded as error:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION) from error
    await websocket.accept()
    account = Account(settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value())
    simulator = Simulator(account, settings.rapport_public_url, standby=standby())
    async with simulator.phone(f"client:{identity(who.agent.id)}") as phone:
        with suppress(WebSocketDisconnect, ValidationError):
            await _Telephone(websocket, phone).stand()


class _Telephone:
    """One telephone on a page, which holds one call at a time."""

    def __init__(self, websocket: WebSocket, phone: Phone) -> None:
        self._websocket = websocket
        self._phone = phone
        self._doings: asyncio.Queue[Does | None] = asyncio.Queue()

    async def stand(self) -> None:
        """Ring, hold calls and ring again, until the page is closed."""
        reading = asyncio.create_task(self._read())
        ringing = asyncio.create_task(self._ring())
        try:
            await asyncio.wait({reading, ringing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in (reading, ringing):
                side.cancel()
            await asyncio.gather(reading, ringing, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            self._doings.put_nowait(_DOES.validate_json(await self._websocket.receive_text()))

    async def _ring(self) -> None:
        while True:
            ringing = await self._phone.rings()
            await self._websocket.send_json({"type": "rings"})
            with suppress(CallEnded):
                await self._answer(ringing)
            await self._websocket.send_json({"type": "over"})

    async def _answer(self, ringing: Ringing) -> None:
        if not isinstance(await self._next(), PickUp):
            await ringing.declines()
            return
        async with self._phone.picks_up(ringing) as call:
            await self._websocket.send_json({"type": "talks"})
            doing = asyncio.create_task(self._do(call))
            try:
                await self._tell(call)
            finally:
                doing.cancel()
                await asyncio.gather(doing, return_exceptions=True)

    async def _next(self) -> Does | None:
        return await self._doings.get()

    async def _do(self, call: SimulatedCall) -> None:
        while True:
            with suppress(CallEnded, Refused):
                match await self._next():
                    case Key() as key:
                        await call.keys(key.digit)
                    case Say() as said:
                        await call.says(said.text)
                    case HangUp():
                        await call.hangs_up()

    async def _tell(self, call: SimulatedCall) -> None:
        async for event in call.events():
            match event:
                case Spoken() if event.text:
                    await self._websocket.send_json({"type": "hears", "text": event.text})
                case Problem():
                    await self._websocket.send_json({"type": "hears", "text": event.text})
                case Ended():
                    return
