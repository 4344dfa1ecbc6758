"""Twilio's side of the phone: webhooks and a socket, each let in by its signature only."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Annotated

from fastapi import (
    APIRouter,
    BackgroundTasks,
    Depends,
    Path,
    Query,
    Response,
    WebSocket,
    WebSocketDisconnect,
    status,
)
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import HTTPConnection

from channels.dependencies import TheHub, TheRecordings, TheSessions, TheSettings, TheTurns
from channels.phone import twiml
from channels.phone.codes import ChatCodes
from channels.phone.gathering import Gathering
from channels.phone.hints import Hints
from channels.phone.leg_routes import RoomName, TheDialling
from channels.phone.line import Line
from channels.phone.patience import Patience, usual_patience
from channels.phone.permission import Permission
from channels.phone.rating import Ratings
from channels.phone.relay import Relay
from channels.phone.replays import AnsweredOnce, unanswered
from channels.phone.resuming import Resuming
from channels.phone.signature import SignedForm, signed
from channels.phone.webhooks import (
    Gathered,
    RecordingChanged,
    RelayEnded,
    Ringing,
    RoomLeft,
    StatusChanged,
)
from channels.phone.wording import say
from crm_store.base import Language, utc_now
from crm_store.recordings.service import reported

MOST_TURNS = 100_000
PAUSE_SECONDS = 0.3

logger = logging.getLogger(__name__)
router = APIRouter(
    prefix="/phone",
    tags=["phone"],
    dependencies=[Depends(signed), Depends(unanswered)],
    route_class=AnsweredOnce,
)


ThePatience = Annotated[Patience, Depends(usual_patience)]


def _hints(connection: HTTPConnection) -> Hints:
    hints: Hints = connection.state.hints
    return hints


TheHints = Annotated[Hints, Depends(_hints)]


def the_codes(settings: TheSettings, sessions: TheSessions, hub: TheHub) -> ChatCodes:
    """Return what lets calls go on with chats."""
    secret = settings.rapport_secret.get_secret_value()
    return ChatCodes(secret, sessions=sessions, hub=hub)


TheCodes = Annotated[ChatCodes, Depends(the_codes)]


def the_permission(
    turns: TheTurns, sessions: TheSessions, hub: TheHub, recordings: TheRecordings
) -> Permission:
    """Return what takes answers to whether a call may be recorded."""
    return Permission(turns=turns, sessions=sessions, hub=hub, recordings=recordings)


ThePermission = Annotated[Permission, Depends(the_permission)]


def the_gathering(
    settings: TheSettings,
    turns: TheTurns,
    sessions: TheSessions,
    hub: TheHub,
    codes: TheCodes,
    patience: ThePatience,
    permission: ThePermission,
    recordings: TheRecordings,
    hints: TheHints,
) -> Gathering:
    """Return what holds calls without a relay."""
    return Gathering(
        settings,
        turns=turns,
        sessions=sessions,
        hub=hub,
        codes=codes,
        patience=patience,
        permission=permission,
        recordings=recordings,
        hints=hints,
    )


TheGathering = Annotated[Gathering, Depends(the_gathering)]


def the_line(
    settings: TheSettings,
    turns: TheTurns,
    sessions: TheSessions,
    hub: TheHub,
    patience: ThePatience,
    gathering: TheGathering,
    hints: TheHints,
) -> Line:
    """Return what answers calls."""
    return Line(
        settings,
        turns=turns,
        sessions=sessions,
        hub=hub,
        patience=patience,
        gathering=gathering,
        hints=hints,
    )


def the_resuming(
    settings: TheSettings,
    turns: TheTurns,
    sessions: TheSessions,
    hub: TheHub,
    patience: ThePatience,
    gathering: TheGathering,
    hints: TheHints,
) -> Resuming:
    """Return what goes on with calls."""
    return Resuming(
        settings,
        turns=turns,
        sessions=sessions,
        hub=hub,
        patience=patience,
        gathering=gathering,
        hints=hints,
    )


def _relay(
    settings: TheSettings,
    turns: TheTurns,
    sessions: TheSessions,
    hub: TheHub,
    codes: TheCodes,
    patience: ThePatience,
    permission: ThePermission,
    recordings: TheRecordings,
) -> Relay:
    return Relay(
        settings,
        turns=turns,
        sessions=sessions,
        hub=hub,
        codes=codes,
        patience=patience,
        permission=permission,
        recordings=recordings,
    )


TheLine = Annotated[Line, Depends(the_line)]
TheResuming = Annotated[Resuming, Depends(the_resuming)]


@router.post("/voice")
async def voice(
    form: SignedForm, line: TheLine, language: Annotated[Language, Query()] = Language.de
) -> Response:
    """Answer a call; a number's webhook says by `?language=` which one the line speaks."""
    call = Ringing.read(form)
    try:
        return _twiml(await line.begin(call, language))
    except (OSError, SQLAlchemyError):
        # Twilio would tell the caller of an application error, in English.
        logger.exception("a call could not be answered")
        return _twiml(twiml.goodbye(language, say("unreachable", language)))


@router.post("/gather/{number}")
async def gather(
    number: Annotated[int, Path(ge=2, le=MOST_TURNS)],
    form: SignedForm,
    gathering: TheGathering,
    line: TheLine,
    patience: ThePatience,
) -> Response:
    """Say how a call without a relay goes on after what its caller did."""
    heard = Gathered.read(form)
    if heard.over:
        await line.end(heard.call_sid)
        return _twiml(twiml.hang_up())
    return _twiml(await _persist(partial(gathering.go_on, heard, number), patience))


@router.post("/ended")
async def ended(
    form: SignedForm, line: TheLine, resuming: TheResuming, patience: ThePatience
) -> Response:
    """Say how a call goes on after its relay."""
    relay = RelayEnded.read(form)
    if not (relay.lost or relay.ended):
        await line.end(relay.call_sid)
        return _twiml(twiml.hang_up())
    return _twiml(await _persist(partial(resuming.after_relay, relay), patience))


@router.post("/room/{room}/left")
async def left_room(
    room: RoomName,
    form: SignedForm,
    line: TheLine,
    resuming: TheResuming,
    patience: ThePatience,
) -> Response:
    """Say how a call goes on whose caller has spoken with an agent."""
    left = RoomLeft.read(form)
    if left.over:
        await line.end(left.call_sid)
        return _twiml(twiml.hang_up())
    return _twiml(await _persist(partial(resuming.after_room, left.call_sid, room), patience))


@router.post("/rating")
async def rating(form: SignedForm, sessions: TheSessions, hub: TheHub) -> Response:
    """Take how content a caller was, and let them go."""
    return _twiml(await Ratings(sessions=sessions, hub=hub).take(Gathered.read(form)))


@router.post("/status", status_code=status.HTTP_204_NO_CONTENT)
async def status_changed(
    form: SignedForm, line: TheLine, dialling: TheDialling, later: BackgroundTasks
) -> None:
    """Take note that a call is over; nobody is rung for it any more."""
    change = StatusChanged.read(form)
    if not change.over:
        return
    over = await line.end(change.call_sid)
    if over is not None:
        later.add_task(dialling.stop_ringing, over)


@router.post("/recording", status_code=status.HTTP_204_NO_CONTENT)
async def recording_changed(
    form: SignedForm, sessions: TheSessions, recordings: TheRecordings
) -> None:
    """Take note of how far a recording is."""
    change = RecordingChanged.read(form)
    async with sessions.begin() as session:
        await reported(
            session,
            call=change.call_sid,
            recording=change.recording_sid,
            status=change.recording_status,
            seconds=change.seconds,
            at=utc_now(),
        )
    recordings.look()


@router.websocket("/relay")
async def relay(websocket: WebSocket, relay: Annotated[Relay, Depends(_relay)]) -> None:
    """Talk to a caller."""
    await websocket.accept()
    with suppress(WebSocketDisconnect):
        await relay.hold(websocket)


async def _persist(answer: Callable[[], Awaitable[str]], patience: Patience) -> str:
    """Return an answer that does no harm if asked for again, also while the store restarts."""
    give_up = monotonic() + patience.store
    while True:
        try:
            return await answer()
        except (OSError, SQLAlchemyError):
            if monotonic() >= give_up:
                logger.exception("a call could not be answered")
                return twiml.unreachable()
        await asyncio.sleep(PAUSE_SECONDS)


def _twiml(document: str) -> Response:
    return Response(document, media_type="text/xml")
