"""Writes down what agents look at and do, before they do it."""

from uuid import UUID

from fastapi import Depends, Request

from channels.dependencies import TheSessions
from channels.desk.entry import SAFE, TheAgent
from crm_store.agents.service import LoggedIn
from crm_store.audit.repository import AuditRepository
from crm_store.db import SessionFactory

WATCH = "watch /desk/socket"


async def audited(request: Request, who: TheAgent, sessions: TheSessions) -> None:
    """Let in whoever is logged in, and put on record what they ask for.

    A request that concerns nobody and changes nothing is not.
    """
    given = dict(request.path_params)
    conversation = given.pop("conversation_id", None)
    if conversation is None and not given and request.method in SAFE:
        return
    deed = f"{request.method} {request.scope['route'].path}"
    async with sessions.begin() as session:
        await AuditRepository(session).record(
            deed, who.agent.id, conversation=_id(conversation), facts=given
        )


async def audit_watching(conversation: UUID, who: LoggedIn, sessions: SessionFactory) -> None:
    """Put on record that an agent follows a conversation live."""
    async with sessions.begin() as session:
        await AuditRepository(session).record(WATCH, who.agent.id, conversation=conversation)


def _id(given: str | None) -> UUID | None:
    try:
        return None if given is None else UUID(given)
    except ValueError:
        # The route refuses it in a moment.
        return None


Audited = Depends(audited)
