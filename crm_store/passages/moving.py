"""A conversation that moves: the same one, with all that is known in it, in another channel."""

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.insight.repository import EventRepository


async def note_move(session: AsyncSession, conversation: Conversation) -> Message:
    """Write down where a locked conversation is now; where it is the assistant's, it goes on.

    What it has asked is asked again, as it is said there.
    """
    step = note_place(session, conversation)
    if conversation.handler is Handler.bot:
        await TurnRepository(session).owe(conversation, step, facts={"to": conversation.medium})
    return step


def note_place(session: AsyncSession, conversation: Conversation) -> Message:
    """Write down where a locked conversation is now."""
    return note_arrival(session, conversation, conversation.medium)


def note_arrival(session: AsyncSession, conversation: Conversation, channel: Channel) -> Message:
    """Write down that a locked conversation can be followed in a channel from now on."""
    step = ConversationRepository(session).add(
        conversation, Author.system, channel, kind=Kind.moved
    )
    EventRepository(session).record(
        "conversation_moved", conversation, {"to": channel}, cause=step.id
    )
    return step
