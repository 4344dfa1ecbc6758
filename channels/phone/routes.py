"""Twilio's side of the phone: webhooks and a socket, each let in by its signature only."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Annotated

from fastapi import (
    BackgroundTasks,
    Path,
    Query,
    Response,
    WebSocket,
    WebSocketDisconnect,
    status,
)
from sqlalchemy.exc import SQLAlchemyError

from channels.dependencies import TheHub, TheRecordings, TheSessions
from channels.phone import twiml
from channels.phone.dialling import TheDialling
from channels.phone.gathering import TheGathering
from channels.phone.leg_routes import RoomName
from channels.phone.line import Line, TheLine
from channels.phone.parts import ThePatience
from channels.phone.patience import Patience
from channels.phone.rating import Ratings
from channels.phone.relay import TheRelay
from channels.phone.replays import KeptTwiml, TwimlResponse, webhook_router
from channels.phone.resuming import TheResuming
from channels.phone.signature import SignedForm
from channels.phone.webhooks import (
    Gathered,
    RecordingChanged,
    RelayEnded,
    Ringing,
    RoomLeft,
    StatusChanged,
    Webhook,
)
from channels.phone.wording import say
from crm_store.base import Language, utc_now
from crm_store.recordings.service import reported

MOST_TURNS = 100_000
PAUSE_SECONDS = 0.3

logger = logging.getLogger(__name__)
router = webhook_router("/phone")


@router.post("/voice")
async def voice(
    form: SignedForm, line: TheLine, language: Annotated[Language, Query()] = Language.de
) -> Response:
    """Answer a call; a number's webhook says by `?language=` which one the line speaks."""
    call = Ringing.read(form)
    try:
        return KeptTwiml(await line.begin(call, language))
    except (OSError, SQLAlchemyError):
        # Twilio would tell the caller of an application error, in English.
        logger.exception("a call could not be answered")
        return TwimlResponse(twiml.goodbye(language, say("unreachable", language)))


@router.post("/gather/{number}")
async def gather(
    number: Annotated[int, Path(ge=2, le=MOST_TURNS)],
    form: SignedForm,
    gathering: TheGathering,
    line: TheLine,
    patience: ThePatience,
    silent: Annotated[bool, Query()] = False,
) -> Response:
    """Say how a call without a relay goes on after what its caller did, if anything."""
    heard = Gathered.read(form)
    if heard.over:
        return await _ended(heard, line)
    return await _persist(partial(gathering.go_on, heard, number, silent=silent), patience)


@router.post("/ended")
async def ended(
    form: SignedForm, line: TheLine, resuming: TheResuming, patience: ThePatience
) -> Response:
    """Say how a call goes on after its relay."""
    relay = RelayEnded.read(form)
    if not (relay.lost or relay.ended):
        return await _ended(relay, line)
    return await _persist(partial(resuming.after_relay, relay), patience)


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
        return await _ended(left, line)
    return await _persist(partial(resuming.after_room, left.call_sid, room), patience)


@router.post("/rating")
async def rating(form: SignedForm, sessions: TheSessions, hub: TheHub) -> Response:
    """Take how content a caller was, and let them go."""
    return TwimlResponse(await Ratings(sessions=sessions, hub=hub).take(Gathered.read(form)))


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
async def relay(websocket: WebSocket, relay: TheRelay) -> None:
    """Talk to a caller."""
    await websocket.accept()
    with suppress(WebSocketDisconnect):
        await relay.hold(websocket)


async def _ended(call: Webhook, line: Line) -> Response:
    await line.end(call.call_sid)
    return TwimlResponse(twiml.hang_up())


async def _persist(answer: Callable[[], Awaitable[str]], patience: Patience) -> Response:
    """Return an answer that does no harm if asked for again, also while the store restarts."""
    give_up = monotonic() + patience.store
    while True:
        try:
            return KeptTwiml(await answer())
        except (OSError, SQLAlchemyError):
            if monotonic() >= give_up:
                logger.exception("a call could not be answered")
                return TwimlResponse(twiml.unreachable())
        await asyncio.sleep(PAUSE_SECONDS)
