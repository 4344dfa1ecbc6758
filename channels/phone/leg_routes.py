"""Twilio's webhooks about the telephones of agents, and the rooms in which they speak."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Request, Response, status

from channels.dependencies import TheHub, ThePhoneCompany, TheSessions, TheSettings
from channels.phone import twiml
from channels.phone.consulting import Consulting
from channels.phone.dialling import Dialling
from channels.phone.replays import AnsweredOnce, unanswered
from channels.phone.signature import SignedForm, signed
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
                return _twiml(twiml.hang_up())

        return answer_or_hang_up


router = APIRouter(
    prefix="/phone",
    tags=["phone"],
    route_class=LegRoute,
    dependencies=[Depends(signed), Depends(unanswered)],
)


def the_dialling(
    settings: TheSettings, sessions: TheSessions, hub: TheHub, company: ThePhoneCompany
) -> Dialling:
    """Return what rings agents."""
    return Dialling(settings, sessions=sessions, hub=hub, company=company)


TheDialling = Annotated[Dialling, Depends(the_dialling)]


def the_consulting(
    settings: TheSettings,
    sessions: TheSessions,
    hub: TheHub,
    company: ThePhoneCompany,
    dialling: TheDialling,
) -> Consulting:
    """Return what holds callers and asks colleagues."""
    return Consulting(settings, sessions=sessions, hub=hub, company=company, dialling=dialling)


TheConsulting = Annotated[Consulting, Depends(the_consulting)]


@router.post("/leg/{leg}/answer")
async def answer(leg: UUID, dialling: TheDialling) -> Response:
    """Say what to tell an agent who has picked up."""
    return _twiml(await dialling.answer(leg))


@router.post("/leg/{leg}/chosen")
async def chosen(leg: UUID, form: SignedForm, dialling: TheDialling) -> Response:
    """Say what follows the key that an agent has pressed, or has not."""
    return _twiml(await dialling.choose(leg, Gathered.read(form)))


@router.post("/leg/{leg}/left")
async def left(leg: UUID, dialling: TheDialling) -> Response:
    """Say what follows for an agent whose call is out of its room."""
    return _twiml(await dialling.leave(leg))


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
    return _twiml(await dialling.wait(room, held=False))


@router.post("/room/{room}/held")
async def held(room: RoomName, dialling: TheDialling) -> Response:
    """Say what is heard by a caller who is on hold."""
    return _twiml(await dialling.wait(room, held=True))


def _twiml(document: str) -> Response:
    return Response(document, media_type="text/xml")
