"""Twilio's REST API, as far as we use it; it exists in the demo only.

Paths and parameters as in https://www.twilio.com/docs/voice/api and /docs/messaging/api.
"""

import hmac
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Form, Request, Response, status
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from channels.dependencies import TheSettings
from channels.settings import ChannelSettings
from channels.simulator import resources
from channels.simulator.account import new_sid
from channels.simulator.exchange import CANCELED, OVER, Call, Exchange, NotEligible
from channels.simulator.recorder import Recording
from crm_store.base import Json

UNAUTHORIZED, NOT_FOUND, NOT_IN_PROGRESS = 20003, 20404, 21220
"""https://www.twilio.com/docs/api/errors"""
RINGING_SECONDS = 60
_T = TypeVar("_T")


class Refusal(Exception):  # noqa: N818 - it is an answer
    """The API does not do what it was asked."""

    def __init__(self, code: int, status_code: int, message: str) -> None:
        super().__init__(message)
        self.answer = JSONResponse(resources.a_refusal(code, status_code, message), status_code)


class _Route(APIRoute):
    """Answers refusals as Twilio does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_or_refuse(request: Request) -> Response:
            try:
                return await answer(request)
            except Refusal as refusal:
                return refusal.answer
            except NotEligible:
                message = "Call is not in-progress"
                return Refusal(NOT_IN_PROGRESS, status.HTTP_400_BAD_REQUEST, message).answer

        return answer_or_refuse


class Account:
    """The account that a request acts for, which has proved itself."""

    def __init__(self, sid: str, exchange: Exchange, settings: ChannelSettings) -> None:
        self.sid = sid
        self.exchange = exchange
        self.address = settings.rapport_twilio_url.rstrip("/")

    def call(self, sid: str) -> Call:
        """Return one of the account's calls."""
        return _found(self.exchange.calls.get(sid))

    def recording(self, sid: str) -> Recording:
        """Return one of the account's recordings."""
        return _found(self.exchange.recorder.kept.get(sid))


def _found(what: _T | None) -> _T:
    if what is None:
        message = "The requested resource was not found"
        raise Refusal(NOT_FOUND, status.HTTP_404_NOT_FOUND, message)
    return what


def entitled(sid: str, token: str, settings: ChannelSettings) -> bool:
    """Return whether somebody knows the account and one of its tokens."""
    secrets = (settings.twilio_auth_token, settings.twilio_auth_token_secondary)
    tokens = [secret.get_secret_value().encode() for secret in secrets]
    known = [hmac.compare_digest(token.encode(), it) for it in tokens if it]
    return hmac.compare_digest(sid.encode(), settings.twilio_account_sid.encode()) and any(known)


def _account(
    account: str,
    request: Request,
    settings: TheSettings,
    given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())],
) -> Account:
    if not entitled(given.username, given.password, settings) or account != given.username:
        raise Refusal(UNAUTHORIZED, status.HTTP_401_UNAUTHORIZED, "Authenticate")
    return Account(account, request.state.exchange, settings)


Mine = Annotated[Account, Depends(_account)]
router = APIRouter(
    prefix="/2010-04-01/Accounts/{account}", route_class=_Route, include_in_schema=False
)


@router.post("/Calls.json", status_code=status.HTTP_201_CREATED)
async def begin_call(
    mine: Mine,
    to: Annotated[str, Form(alias="To")],
    from_: Annotated[str, Form(alias="From")],
    url: Annotated[str, Form(alias="Url")],
    fallback_url: Annotated[str | None, Form(alias="FallbackUrl")] = None,
    status_url: Annotated[str | None, Form(alias="StatusCallback")] = None,
    seconds: Annotated[int, Form(alias="Timeout")] = RINGING_SECONDS,
) -> Json:
    """Have a phone rung."""
    call = await mine.exchange.dial(
        to=to,
        from_=from_,
        url=url,
        fallback_url=fallback_url,
        status_url=status_url,
        seconds=seconds,
    )
    return resources.a_call(call, mine.sid)


@router.post("/Calls/{sid}.json")
async def change_call(
    mine: Mine,
    sid: str,
    url: Annotated[str | None, Form(alias="Url")] = None,
    twiml: Annotated[str | None, Form(alias="Twiml")] = None,
    wanted: Annotated[str | None, Form(alias="Status")] = None,
) -> Json:
    """End a call, or have it obey something else."""
    call = mine.call(sid)
    if url is not None or twiml is not None:
        await mine.exchange.redirect(call, url=url, twiml=twiml)
    elif wanted == OVER:
        await mine.exchange.hang_up(call)
    elif wanted == CANCELED:
        mine.exchange.give_up(sid, CANCELED)
    return resources.a_call(call, mine.sid)


@router.post("/Conferences/{sid}/Participants/{call}.json")
async def change_participant(
    mine: Mine,
    sid: str,
    call: str,
    held: Annotated[bool | None, Form(alias="Hold")] = None,
    url: Annotated[str | None, Form(alias="HoldUrl")] = None,
    ends: Annotated[bool | None, Form(alias="EndConferenceOnExit")] = None,
    muted: Annotated[bool | None, Form(alias="Muted")] = None,
    coaching: Annotated[bool | None, Form(alias="Coaching")] = None,
    to_coach: Annotated[str | None, Form(alias="CallSidToCoach")] = None,
) -> Json:
    """Put somebody in a conference on hold, say who hears them, or let it outlast them."""
    room, participant = _found(mine.exchange.rooms.find(sid, call))
    if held is not None:
        await mine.exchange.rooms.hold(room, participant, (url or "") if held else None)
    if ends is not None:
        participant.ends = ends
    if muted is not None:
        participant.muted = muted
    if coaching is not None:
        participant.coaches = to_coach if coaching else None
    return resources.a_participant(room, participant, mine.sid)


@router.post("/Calls/{sid}/Recordings.json", status_code=status.HTTP_201_CREATED)
async def record(
    mine: Mine,
    sid: str,
    channels: Annotated[str, Form(alias="RecordingChannels")] = "mono",
    status_url: Annotated[str | None, Form(alias="RecordingStatusCallback")] = None,
    events: Annotated[tuple[str, ...], Form(alias="RecordingStatusCallbackEvent")] = ("completed",),
) -> Json:
    """Begin to record a call."""
    recording = mine.exchange.record(
        mine.call(sid),
        channels=2 if channels == "dual" else 1,
        status_url=status_url,
        # Several may come in one, with spaces in between.
        events=frozenset(" ".join(events).split()),
    )
    return resources.a_recording_of_a_call(recording, mine.sid)


@router.post("/Calls/{sid}/Recordings/{recording_sid}.json")
async def change_recording(
    mine: Mine, sid: str, recording_sid: str, wanted: Annotated[str, Form(alias="Status")]
) -> Json:
    """Pause a recording, resume it, or stop it."""
    recorder = mine.exchange.recorder
    recording = _found(recorder.of_call(mine.call(sid).sid, recording_sid))
    recorder.set(recording, wanted)
    return resources.a_recording_of_a_call(recording, mine.sid)


@router.get("/Recordings/{sid}.json")
async def recording(mine: Mine, sid: str) -> Json:
    """Tell of a recording."""
    kept = mine.recording(sid)
    media = f"{mine.address}/2010-04-01/Accounts/{mine.sid}/Recordings/{sid}"
    return resources.a_recording(kept, mine.sid, media)


@router.delete("/Recordings/{sid}.json", status_code=status.HTTP_204_NO_CONTENT)
async def delete_recording(mine: Mine, sid: str) -> None:
    """Forget a recording."""
    del mine.exchange.recorder.kept[mine.recording(sid).sid]


@router.get("/Recordings/{sid}.mp3")
async def sound(mine: Mine, sid: str) -> Response:
    """Return what was recorded."""
    kept = mine.recording(sid)
    return Response(_found(kept.sound if kept.ended else None), media_type="audio/mpeg")


@router.post("/Messages.json", status_code=status.HTTP_201_CREATED)
async def send_text(
    mine: Mine,
    to: Annotated[str, Form(alias="To")],
    from_: Annotated[str, Form(alias="From")],
    body: Annotated[str, Form(alias="Body")],
) -> Json:
    """Send a text message."""
    text = resources.a_message(new_sid("SM"), mine.sid, from_=from_, to=to, body=body)
    mine.exchange.texts.append(text)
    return text
