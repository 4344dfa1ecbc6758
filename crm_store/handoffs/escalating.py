"""Taking a customer to a person by the shop's rules, from what they have just said."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.anger import EARLIER
from crm_store.handoffs.models import Reason
from crm_store.handoffs.signs import Grounds
from crm_store.handoffs.triggers import Trigger, trigger_in
from crm_store.insight.repository import EventRepository
from crm_store.strategy.escalation import Deed
from crm_store.strategy.repository import PolicyRepository

SOUGHT: Final = "person_sought"
"""The event of a person being offered, or sought where none is there."""
FACT: Final = "escalation"
"""Under which the assistant is told of it, beside the customer's words."""
A_PERSON: Final[Json] = {"intent": "ask_person", "entities": {}}
"""What the assistant is told that the words mean, whatever else they do."""


async def escalation_of(
    session: AsyncSession, conversation: Conversation, said: Message, text: str
) -> Json | None:
    """Return what the assistant is told where a rule is set off by the words; else None."""
    policy = (await PolicyRepository(session).current()).escalation
    before = await ConversationRepository(session).last_words(
        conversation.id, before=said.seq, most=EARLIER
    )
    trigger = trigger_in(text, before, policy)
    if trigger is None or await _was_offered(session, conversation, trigger):
        return None
    signs = tuple(sign.kept for sign in trigger.signs)
    return {"does": trigger.does, **Grounds(trigger.reason, said.seq, signs).kept}


async def seek(
    session: AsyncSession, conversation: Conversation, grounds: Grounds, *, cause: Message | None
) -> None:
    """Put on record that a person is offered or sought, and why."""
    EventRepository(session).record(
        SOUGHT, conversation, grounds.kept, cause=None if cause is None else cause.id
    )


async def sought_last(session: AsyncSession, conversation: Conversation) -> Grounds | None:
    """Return why a person was offered or sought last."""
    facts = await EventRepository(session).latest(SOUGHT, conversation)
    return None if facts is None else Grounds.of(facts)


async def _was_offered(session: AsyncSession, conversation: Conversation, trigger: Trigger) -> bool:
    """Return whether somebody who is only offered a person has been, for the same reason."""
    if trigger.does is not Deed.offer:
        return False
    events = EventRepository(session)
    return await events.has_recorded(SOUGHT, conversation, {"reason": Reason(trigger.reason).value})
