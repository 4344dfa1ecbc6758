"""What has become of forms since a person took over, as the log tells."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.conversations.models import Conversation
from crm_store.forms.finishing import DROPPED, FINISHED
from crm_store.forms.models import form_in
from crm_store.handoffs.repository import HandoffRepository
from crm_store.insight.repository import EventRepository

SETTLING: Final = (FINISHED, DROPPED)


async def told_to_bot(session: AsyncSession, conversation: Conversation) -> Json:
    """Return what an agent has finished, and whether what the assistant had begun is settled."""
    handoff = await HandoffRepository(session).open_of(conversation.id)
    since = conversation.created_at if handoff is None else handoff.created_at
    events = await EventRepository(session).of_kinds(SETTLING, conversation, since=since)
    form = form_in(conversation.slots)
    return {
        "finished": [
            {"form": event.facts["form"], "ref": event.facts["ref"]}
            for event in events
            if event.kind == FINISHED
        ],
        "settled": form is None or form.title in {event.facts["form"] for event in events},
    }
