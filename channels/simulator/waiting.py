"""A page's pretended telephone that waits to be called."""

import asyncio
from typing import Annotated, Literal

from fastapi import WebSocket
from pydantic import BaseModel, Field, TypeAdapter

from channels.simulator.simulator import Phone, Ringing


class PickUp(BaseModel):
    """Take the call."""

    type: Literal["pick_up"]


class Decline(BaseModel):
    """Let nobody take it."""

    type: Literal["decline"]


class StopWaiting(BaseModel):
    """Wait no longer."""

    type: Literal["hang_up"]


Answer = PickUp | Decline | StopWaiting
_ANSWER: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="type")])


async def next_call(websocket: WebSocket, phone: Phone) -> Ringing | None:
    """Return the next call that the page takes; None once it waits no longer."""
    await websocket.send_json({"type": "waiting"})
    doing = asyncio.create_task(websocket.receive_text())
    try:
        while True:
            ringing = await _rings(phone, doing)
            if ringing is None:
                return None
            await websocket.send_json({"type": "incoming", "from": ringing.caller})
            match _ANSWER.validate_json(await doing):
                case PickUp():
                    return ringing
                case Decline():
                    await ringing.declines()
                    doing = asyncio.create_task(websocket.receive_text())
                    await websocket.send_json({"type": "waiting"})
                case StopWaiting():
                    await ringing.declines()
                    return None
    finally:
        doing.cancel()


async def _rings(phone: Phone, doing: asyncio.Task[str]) -> Ringing | None:
    """Wait for a call, or until the page does something, which can only be to stop."""
    ringing = asyncio.create_task(phone.rings())
    await asyncio.wait({ringing, doing}, return_when=asyncio.FIRST_COMPLETED)
    if ringing.done():
        return ringing.result()
    ringing.cancel()
    return None
