"""Answers that a caller has overtaken: they spoke on before they could hear them."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Channel, Conversation, Kind, Message, Turn
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.insight.repository import PROVED, EventRepository

UNHEARD: Final = "unheard"
"""The fact of a turn that the customer has not heard what the bot said before."""
IN_PASSING: Final = frozenset(
    {
        *(PROVED, "interest_stated", "person_sought", "praised"),
        *("suggestion_shown", "suggestions_put_off", "voucher_not_found"),
    }
)
"""What is noted of a turn in which nothing was done for the customer."""


async def is_overtaken(session: AsyncSession, conversation: Conversation, turn: Turn) -> bool:
    """Return whether a caller has said more since the words that a turn answers.

    In a chat nothing is: what stands there can be read.
    """
    if conversation.medium is not Channel.phone or conversation.last_seq == turn.seq:
        return False
    if not _answers_words(turn):
        return False
    return await ConversationRepository(session).has_heard(conversation.id, after=turn.seq)


async def is_deed(session: AsyncSession, turn: Turn) -> bool:
    """Return whether a turn has done something that stays, which its customer must learn."""
    if turn.handoff_reason is not None:
        return True
    return await EventRepository(session).has_caused(turn.message_id, but=IN_PASSING)


async def withdraw(session: AsyncSession, conversation_id: UUID, *, after: int) -> bool:
    """Take back the bot's words after a number, which nobody has begun to hear.

    Words that tell of a deed stay. It returns whether anything was taken back.
    """
    conversations = ConversationRepository(session)
    await conversations.lock(conversation_id)
    unheard = [
        message
        for message in await conversations.since(conversation_id, after)
        if message.text and await _is_stale(session, message)
    ]
    for message in unheard:
        message.text, message.choices = "", []
    return bool(unheard)


async def _is_stale(session: AsyncSession, message: Message) -> bool:
    if message.author is not Author.bot or message.client_id is None:
        return False
    answered, _, _ = message.client_id.partition(":")
    turn = await TurnRepository(session).of_message(UUID(answered))
    if turn is None or not _answers_words(turn):
        return False
    return not await is_deed(session, turn)


def _answers_words(turn: Turn) -> bool:
    return turn.request["kind"] in {Kind.said, Kind.chosen}
