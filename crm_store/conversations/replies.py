"""The bot's replies, each put on record once."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.conversations.models import Author, Conversation, Message, Turn
from crm_store.conversations.repository import ConversationRepository

GREETED: Final = "greeted"
"""The fact of an opening turn that the line has greeted the customer, and in which words."""


def write_reply(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    text: str,
    *,
    choices: Sequence[Json] = (),
    cards: Sequence[Json] = (),
) -> Message:
    """Write down the next reply to a turn, whose conversation is locked.

    Its id tells its place, so that the same reply cannot be written twice.
    """
    reply = ConversationRepository(session).add(
        conversation,
        Author.bot,
        text,
        client_id=f"{turn.message_id}:{turn.written}",
        choices=choices,
        cards=cards,
    )
    turn.written += 1
    return reply
