"""Twilio's webhooks about the telephones of agents, and the rooms in which they speak."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from uuid import UUID

from fastapi import BackgroundTasks, Path, Request, Response, status

from channels.phone import twiml
from channels.phone.dialling import TheDialling
from channels.phone.replays import AnsweredOnce, TwimlResponse, webhook_router
from channels.phone.signature import SignedForm
from channels.phone.webhooks import Gathered, RoomChanged, StatusChanged
from crm_store.errors import UnknownLeg

RoomName = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class LegRoute(AnsweredOnce):
    """A route that hangs up on a call that we have not made."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route."""
        answer = super().get_route_handler()

        async def answer_or_hang_up(request: Request) -> Response:
            try:
                return await answer(request)
            except UnknownLeg:
                return TwimlResponse(twiml.hang_up())

        return answer_or_hang_up


router = webhook_router("/phone", LegRoute)


@router.post("/leg/{leg}/answer")
async def answer(leg: UUID, dialling: TheDialling) -> Response:
    """Say what to tell an agent who has picked up."""
    return TwimlResponse(await dialling.answer(leg))


@router.post("/leg/{leg}/chosen")
async def chosen(leg: UUID, form: SignedForm, dialling: TheDialling) -> Response:
    """Say what follows the key that an agent has pressed, or has not."""
    return TwimlResponse(await dialling.choose(leg, Gathered.read(form)))


@router.post("/leg/{leg}/left")
async def left(leg: UUID, dialling: TheDialling) -> Response:
    """Say what follows for an agent whose call is out of its room."""
    return TwimlResponse(await dialling.leave(leg))


@router.post("/leg/{leg}/status", status_code=status.HTTP_204_NO_CONTENT)
async def rung(leg: UUID, form: SignedForm, dialling: TheDialling, later: BackgroundTasks) -> None:
    """Take note of what has become of an agent's call; one in vain is made again."""
    if await dialling.note(leg, StatusChanged.read(form)):
        later.add_task(dialling.ring_again, leg)


@router.post("/room/{room}/events", status_code=status.HTTP_204_NO_CONTENT)
async def happened(room: RoomName, form: SignedForm, dialling: TheDialling) -> None:
    """Take note of what has happened in a room."""
    await dialling.hear(room, RoomChanged.read(form))


@router.post("/room/{room}/waiting")
async def waiting(room: RoomName, dialling: TheDialling) -> Response:
    """Say what is heard by a caller who is alone in a room."""
    return TwimlResponse(await dialling.wait(room, held=False))


@router.post("/room/{room}/held")
async def held(room: RoomName, dialling: TheDialling) -> Response:
    """Say what is heard by a caller who is on hold."""
    return TwimlResponse(await dialling.wait(room, held=True))
