"""The browser's pretend phone; it exists in the demo only."""

import asyncio
from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, WebSocket, WebSocketDisconnect, WebSocketException, status
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from channels.dependencies import TheSettings
from channels.phone.standby import standby
from channels.settings import ChannelSettings
from channels.simulator.account import Account
from channels.simulator.call import CallEnded, SimulatedCall
from channels.simulator.events import Connected, Ended, Event, Problem, Spoken
from channels.simulator.refusal import Refused
from channels.simulator.simulator import SOMEBODY, THE_LINE, Simulator
from channels.simulator.waiting import next_call
from crm_store.base import Json, Language

router = APIRouter(prefix="/demo/phone", tags=["demo"])

LONGEST_TEXT = 4000


class Call(BaseModel):
    """Dial."""

    type: Literal["call"]
    from_: str = Field(default=SOMEBODY, alias="from", max_length=40)
    language: Language = Language.de


class Wait(BaseModel):
    """Be called on a number."""

    type: Literal["wait"]
    from_: str = Field(default=SOMEBODY, alias="from", max_length=40)


class Say(BaseModel):
    """Speak."""

    type: Literal["say"]
    text: str = Field(max_length=LONGEST_TEXT)


class Key(BaseModel):
    """Press a key."""

    type: Literal["key"]
    digit: str = Field(pattern=r"^[0-9#*]$")


class Interrupt(BaseModel):
    """Break in."""

    type: Literal["interrupt"]


class HangUp(BaseModel):
    """Put the phone down."""

    type: Literal["hang_up"]


_BEGINS: TypeAdapter[Call | Wait] = TypeAdapter(Annotated[Call | Wait, Field(discriminator="type")])
_DOES: TypeAdapter[Say | Key | Interrupt | HangUp] = TypeAdapter(
    Annotated[Say | Key | Interrupt | HangUp, Field(discriminator="type")]
)


@router.websocket("/socket")
async def phone(websocket: WebSocket, settings: TheSettings) -> None:
    """Hold one pretended call for a page of ours."""
    if not settings.rapport_demo or not _from_our_page(websocket, settings):
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    await websocket.accept()
    account = Account(settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value())
    simulator = Simulator(
        account,
        settings.rapport_public_url,
        typed=True,
        standby=standby(),
    )
    try:
        match _BEGINS.validate_json(await websocket.receive_text()):
            case Call() as dialled:
                await _dial(websocket, simulator, dialled, settings)
            case Wait() as waiting:
                await _wait(websocket, simulator, waiting)
    except ValidationError:
        await websocket.close(status.WS_1007_INVALID_FRAME_PAYLOAD_DATA)
    except WebSocketDisconnect:
        return


async def _dial(
    websocket: WebSocket, simulator: Simulator, dialled: Call, settings: ChannelSettings
) -> None:
    await websocket.send_json({"type": "ringing"})
    async with simulator.call(
        from_=dialled.from_,
        to=settings.rapport_phone_number or THE_LINE,
        language=dialled.language,
    ) as call:
        await _both_ways(websocket, call)


async def _wait(websocket: WebSocket, simulator: Simulator, waiting: Wait) -> None:
    async with simulator.phone(waiting.from_) as phone:
        ringing = await next_call(websocket, phone)
        if ringing is None:
            await websocket.close()
            return
        try:
            async with phone.picks_up(ringing) as call:
                await _both_ways(websocket, call)
        except CallEnded:
            await websocket.send_json({"type": "ended", "reason": "nobody waits any more"})


def _from_our_page(websocket: WebSocket, settings: ChannelSettings) -> bool:
    return websocket.headers.get("origin") in settings.origins


async def _both_ways(websocket: WebSocket, call: SimulatedCall) -> None:
    telling = asyncio.create_task(_tell(websocket, call))
    doing = asyncio.create_task(_do(websocket, call))
    try:
        await asyncio.wait({telling, doing}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            await call.hangs_up()
            doing.result()
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await telling
    finally:
        telling.cancel()
        doing.cancel()


async def _do(websocket: WebSocket, call: SimulatedCall) -> None:
    """Do what the page says until it hangs up or goes away."""
    while True:
        message = _DOES.validate_json(await websocket.receive_text())
        try:
            match message:
                case Say():
                    await call.says(message.text)
                case Key():
                    await call.keys(message.digit)
                case Interrupt():
                    await call.interrupts()
                case HangUp():
                    return
        except (CallEnded, Refused) as failure:
            await websocket.send_json({"type": "problem", "text": str(failure)})


async def _tell(websocket: WebSocket, call: SimulatedCall) -> None:
    async for event in call.events():
        await websocket.send_json(_frame(event))
    await websocket.close()


def _frame(event: Event) -> Json:
    match event:
        case Connected():
            return {"type": "connected", "call": event.call}
        case Spoken():
            return {
                "type": "speaks",
                "text": event.text,
                "language": event.language,
                "last": event.last,
            }
        case Problem():
            return {"type": "problem", "text": event.text}
        case Ended():
            return {"type": "ended", "reason": event.reason}
