"""Twilio's webhooks about the calls that the shop makes to keep its promises."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Response, status

from channels.dependencies import TheHub, ThePhoneCompany, TheSessions, TheSettings, TheTurns
from channels.phone.called_back import CalledBack, machine
from channels.phone.calling_back import CallingBack
from channels.phone.replays import AnsweredOnce, unanswered
from channels.phone.routes import TheGathering, TheHints, TheLine
from channels.phone.signature import SignedForm, signed
from channels.phone.twiml import hang_up
from channels.phone.webhooks import CallbackChanged
from crm_store.errors import UnknownCallback

router = APIRouter(
    prefix="/phone/callback",
    tags=["phone"],
    route_class=AnsweredOnce,
    dependencies=[Depends(signed), Depends(unanswered)],
)


def the_calling_back(
    settings: TheSettings, sessions: TheSessions, hub: TheHub, company: ThePhoneCompany
) -> CallingBack:
    """Return what makes calls that are owed."""
    return CallingBack(settings, sessions=sessions, hub=hub, company=company)


def _called_back(
    settings: TheSettings,
    turns: TheTurns,
    sessions: TheSessions,
    hub: TheHub,
    gathering: TheGathering,
    hints: TheHints,
) -> CalledBack:
    return CalledBack(
        settings, turns=turns, sessions=sessions, hub=hub, gathering=gathering, hints=hints
    )


TheCallingBack = Annotated[CallingBack, Depends(the_calling_back)]


@router.post("/{attempt}/answer")
async def answer(
    attempt: UUID,
    form: SignedForm,
    called_back: Annotated[CalledBack, Depends(_called_back)],
    calling_back: TheCallingBack,
) -> Response:
    """Say what a customer hears who has picked up; to a machine, nothing."""
    call = CallbackChanged.read(form)
    try:
        if call.by_machine:
            await calling_back.note(attempt, call)
            return _twiml(machine())
        return _twiml(await called_back.answer(attempt, call))
    except UnknownCallback:
        return _twiml(hang_up())


@router.post("/{attempt}/status", status_code=status.HTTP_204_NO_CONTENT)
async def status_changed(
    attempt: UUID, form: SignedForm, calling_back: TheCallingBack, line: TheLine
) -> None:
    """Take note of what has become of a call."""
    change = CallbackChanged.read(form)
    try:
        await calling_back.note(attempt, change)
    except UnknownCallback as error:
        raise HTTPException(status.HTTP_404_NOT_FOUND) from error
    if change.over:
        await line.end(change.call_sid)


def _twiml(document: str) -> Response:
    return Response(document, media_type="text/xml")
