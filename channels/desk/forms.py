"""The desk's routes for what a customer had begun with the assistant."""

from uuid import UUID

from fastapi import APIRouter, Response

from channels.dependencies import TheHub, TheSessions
from channels.desk.auditing import Audited
from channels.desk.edge import DeskRoute
from channels.desk.entry import TheAgent
from channels.desk.form_bodies import DroppedForm, FinishedForm
from channels.wording import wording
from crm_store.base import Language, utc_now
from crm_store.conversations.repository import ConversationRepository
from crm_store.forms.finishing import Letters, drop, finish

router = APIRouter(
    prefix="/desk/api/conversations/{conversation_id}/form",
    route_class=DeskRoute,
    dependencies=[Audited],
)


@router.post("")
async def finish_it(
    conversation_id: UUID, body: FinishedForm, who: TheAgent, sessions: TheSessions, hub: TheHub
) -> dict[str, str]:
    """Do what the form asks for; the assistant knows it afterwards."""
    async with sessions.begin() as session:
        conversation = await ConversationRepository(session).lock(conversation_id)
        ref = await finish(
            session,
            conversation_id,
            who.agent,
            body.filled.filled(),
            epoch=body.epoch,
            letters=_letters(conversation.language),
            at=utc_now(),
        )
    hub.tell(conversation_id)
    return {"ref": ref}


@router.post("/drop", status_code=204)
async def drop_it(
    conversation_id: UUID, body: DroppedForm, who: TheAgent, sessions: TheSessions
) -> Response:
    """Let it be; the assistant does not come back to it."""
    async with sessions.begin() as session:
        await drop(session, conversation_id, who.agent, body.form, epoch=body.epoch)
    return Response(status_code=204)


def _letters(language: Language) -> Letters:
    return Letters(**wording("channels.desk.letters")[language])
