"""Twilio's webhooks about the calls that the shop makes to keep its promises."""

from uuid import UUID

from fastapi import HTTPException, Response, status

from channels.phone.called_back import TheCalledBack, machine
from channels.phone.calling_back import TheCallingBack
from channels.phone.line import TheLine
from channels.phone.replays import TwimlResponse, webhook_router
from channels.phone.signature import SignedForm
from channels.phone.twiml import hang_up
from channels.phone.webhooks import CallbackChanged
from crm_store.errors import UnknownCallback

router = webhook_router("/phone/callback")


@router.post("/{attempt}/answer")
async def answer(
    attempt: UUID,
    form: SignedForm,
    called_back: TheCalledBack,
    calling_back: TheCallingBack,
) -> Response:
    """Say what a customer hears who has picked up; to a machine, nothing."""
    call = CallbackChanged.read(form)
    try:
        if call.by_machine:
            await calling_back.note(attempt, call)
            return TwimlResponse(machine())
        return TwimlResponse(await called_back.answer(attempt, call))
    except UnknownCallback:
        return TwimlResponse(hang_up())


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
