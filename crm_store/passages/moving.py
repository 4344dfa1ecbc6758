"""A conversation that moves: the same one, with all that is known in it, in another channel."""

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.steps import step
from crm_store.conversations.turns import TurnRepository


async def note_move(session: AsyncSession, conversation: Conversation) -> Message:
    """Write down where a locked conversation is now; where it is the assistant's, it goes on.

    What it has asked is asked again, as it is said there.
    """
    moved = note_place(session, conversation)
    if conversation.handler is Handler.bot:
        await TurnRepository(session).owe(conversation, moved, facts={"to": conversation.medium})
    return moved


def note_place(session: AsyncSession, conversation: Conversation) -> Message:
    """Write down where a locked conversation is now."""
    return note_arrival(session, conversation, conversation.medium)


def note_arrival(session: AsyncSession, conversation: Conversation, channel: Channel) -> Message:
    """Write down that a locked conversation can be followed in a channel from now on."""
    return step(session, conversation, Kind.moved, text=channel, to=channel)
