"""How much of the assistant one call may have."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.strategy.policies import CallPolicy
from crm_store.strategy.repository import PolicyRepository


def may_be_spent(conversation: Conversation, policy: CallPolicy, *, at: datetime) -> bool:
    """Return False where a call is far from its limits, without a look into the store."""
    # There are never more turns than messages: most calls need not be counted.
    return _too_long(conversation, policy, at) or conversation.last_seq > policy.most_turns


async def spent(session: AsyncSession, conversation: Conversation, *, at: datetime) -> bool:
    """Return whether a caller has had as much as the shop allows, in time or in turns."""
    policy = (await PolicyRepository(session).current()).calls
    if not may_be_spent(conversation, policy, at=at):
        return False
    said = await ConversationRepository(session).words_of_customer(
        conversation.id, since=conversation.call_since
    )
    return _too_long(conversation, policy, at) or said >= policy.most_turns


def _too_long(conversation: Conversation, policy: CallPolicy, at: datetime) -> bool:
    return at - (conversation.call_since or conversation.created_at) >= timedelta(
        minutes=policy.most_minutes
    )
