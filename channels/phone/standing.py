"""Where a call stands, read from the store."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.limits import spent
from channels.phone.moment import asks_for_number
from channels.phone.news import News
from channels.phone.speech import spoken
from channels.phone.steps import Standing
from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository

ASKS_FOR_A_MOMENT = "wait"
"""The intent of a caller who has to look something up, as the assistant names it."""


async def standing_of(
    session: AsyncSession, news: News, *, quiet: int, impatient: bool, at: datetime
) -> Standing:
    """Return where a call stands now with what is new, after so many answers without news."""
    conversation, turns = news.conversation, TurnRepository(session)
    question = await ConversationRepository(session).last_words_of_bot(conversation.id)
    return Standing(
        handler=conversation.handler,
        language=conversation.language,
        owed=await turns.keeps_waiting(conversation.id),
        news=tuple(filter(None, (news.told(message) for message in news.messages))),
        quiet=quiet,
        impatient=impatient,
        question="" if question is None else spoken(question, conversation.language),
        spent=await spent(session, conversation, at=at),
        room=news.room,
        ratable=conversation.ratable,
        patience=news.patience,
        one_key=await _takes_one_key(session, conversation, question),
        moment=await turns.latest_intent(conversation.id) == ASKS_FOR_A_MOMENT,
    )


async def _takes_one_key(
    session: AsyncSession, conversation: Conversation, question: Message | None
) -> bool:
    """Return whether the first key is an answer, since nothing longer can be meant.

    Whoever has said nothing yet may be about to key in a code from the chat.
    """
    if question is None or not question.choices or asks_for_number(conversation.slots):
        return False
    return await ConversationRepository(session).has_heard(conversation.id)
