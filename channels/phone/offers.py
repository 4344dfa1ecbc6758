"""What a caller is told and asked once, after the greeting: another language, and a recording."""

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.recordings.service import ask
from crm_store.strategy.repository import PolicyRepository


async def offer(session: AsyncSession, conversation: Conversation) -> None:
    """Put on record, for the line to say, what this caller is offered; it must be locked."""
    if conversation.handler is not Handler.bot:
        return
    rules = (await PolicyRepository(session).current()).line
    # Whose number is known, is greeted in their own language.
    if rules.other_language and conversation.customer_id is None:
        ConversationRepository(session).add(conversation, Author.system, kind=Kind.language_offered)
    if rules.recording == "ask":
        ask(session, conversation)
