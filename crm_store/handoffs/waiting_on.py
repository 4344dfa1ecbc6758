"""Whoever waits for a person may stop at any time, and is told of other ways after a while."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json, utc_now
from crm_store.conversations.models import Author, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.conversations.turns import TurnRepository
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import end_handoff

CALLED_OFF: Final = "called_off"
"""The outcome of a hand-off that the customer did not want any more."""
NO: Final[Json] = {"intent": "deny", "entities": {}}
INSTEAD: Final = frozenset({"call_me_back", "answer_by_email"})
"""What may be chosen in place of waiting, as the intents of the choices."""


async def leave_queue(session: AsyncSession, conversation: Conversation) -> Message:
    """Let the assistant go on with a customer who waits no more; the conversation is locked."""
    conversation.take_back()
    await end_handoff(session, conversation, CALLED_OFF, "", utc_now())
    return step(session, conversation, Kind.called_off)


async def call_off(session: AsyncSession, conversation_id: UUID) -> bool:
    """Take the customer out of the queue at their wish; False if they do not wait."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    if conversation.handler is not Handler.queue:
        return False
    message = await leave_queue(session, conversation)
    await TurnRepository(session).owe(conversation, message, choice=NO)
    return True


async def ask_whether_to_wait(
    session: AsyncSession,
    conversation_id: UUID,
    text: str,
    choices: Sequence[Json],
    *,
    at: datetime,
) -> bool:
    """Tell a customer once of other ways than to wait; their place stays theirs meanwhile."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock(conversation_id)
    handoff = await HandoffRepository(session).open_of(conversation_id)
    waits = conversation.handler is Handler.queue
    if handoff is None or not waits or handoff.asked_at is not None:
        return False
    handoff.asked_at = at
    conversations.add(conversation, Author.bot, text, choices=choices)
    return True
