"""Every query of what an agent is told of one conversation itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import Json
from crm_store.briefs.known import Deed, Heard
from crm_store.catalogue.models import ProductText
from crm_store.conversations.models import Author, Conversation, Effect, Message, Turn
from crm_store.forms.outcome import SETTLING
from crm_store.insight.models import Event
from crm_store.suggestions.models import DIALOGUE, Place, Suggestion

MOST_MESSAGES = 2000
MOST_SUGGESTIONS = 60
NUMBERED = ("form", "return", "case", "callback", "order")
"""Under which names an event has the number of what it is about, the most telling first."""
DONE = frozenset(
    {
        *("customer_verified", "account_opened", "account_left", "login_link_asked"),
        *("name_changed", "address_changed", "contact_changed", "pin_set", "pin_removed"),
        *("order_placed", "order_cancelled", "order_address_changed", "invoice_sent"),
        *("order_line_added", "order_line_changed", "order_line_removed", "parcel_missing"),
        *("return_announced", "case_opened", "case_added_to", "callback_asked", "watch_noted"),
        *("consent_given", "consent_withdrawn", "data_asked_for", "erasure_asked"),
        *("erasure_withdrawn", "interests_forgotten", "review_written", "praised"),
    }
)
"""The events that an agent is told of: what was done for the customer, not what was said."""


@dataclass(frozen=True, slots=True)
class ActionRun:
    """Something that the assistant did for one of the messages, as the action left it."""

    seq: int
    action: str
    at: datetime
    result: Json


@dataclass(frozen=True, slots=True)
class Suggested:
    """A product that the customer was suggested, with its title."""

    suggestion: Suggestion
    title: str


class StoryRepository:
    """Reads what is on record of a conversation, for the agent who looks."""

    def __init__(self, session: AsyncSession, _: Agent) -> None:
        self._session = session

    async def messages(self, conversation_id: UUID) -> Sequence[Message]:
        """Return the latest messages of a conversation in order, notes included."""
        rows = await self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.seq.desc())
            .limit(MOST_MESSAGES)
        )
        return rows.all()[::-1]

    async def heard(self, conversation_id: UUID, messages: Sequence[Message]) -> Sequence[Heard]:
        """Return the customer's messages with what the assistant took each to mean."""
        rows = await self._session.execute(
            select(Turn.seq, Turn.intent, Turn.confidence).where(
                Turn.conversation_id == conversation_id
            )
        )
        meant = {seq: (intent, confidence) for seq, intent, confidence in rows}
        said = [message for message in messages if message.author is Author.customer]
        return [Heard(one.seq, one.text, *meant.get(one.seq, (None, None))) for one in said]

    async def done(self, conversation_id: UUID) -> Sequence[Deed]:
        """Return what was done for the customer here, and for which message, in order."""
        rows = await self._session.execute(
            select(Event.kind, Event.facts, Message.seq, Event.at)
            .outerjoin(Message, Message.id == Event.cause)
            .where(Event.conversation_id == conversation_id, Event.kind.in_({*DONE, *SETTLING}))
            .order_by(Event.id)
        )
        return [Deed(kind, _number(facts), seq, at) for kind, facts, seq, at in rows]

    async def runs(self, conversation_id: UUID) -> Sequence[ActionRun]:
        """Return what the assistant did, in the order of the messages that led to it."""
        rows = await self._session.execute(
            select(Message.seq, Effect.action, Effect.created_at, Effect.result)
            .join(Effect, Effect.message_id == Message.id)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.seq, Effect.nth)
        )
        return [ActionRun(seq, action, at, result) for seq, action, at, result in rows]

    async def suggested(self, conversation: Conversation) -> Sequence[Suggested]:
        """Return what the customer was suggested here and, if they are known, before.

        What an agent alone has seen was suggested to nobody.
        """
        here = and_(Suggestion.conversation_id == conversation.id, Suggestion.place.in_(DIALOGUE))
        customer_id = conversation.customer_id
        theirs = (
            here
            if customer_id is None
            else and_(Suggestion.customer_id == customer_id, Suggestion.place != Place.desk)
        )
        rows = await self._session.execute(
            select(Suggestion, func.coalesce(ProductText.title, ""))
            .outerjoin(
                ProductText,
                and_(
                    ProductText.product_id == Suggestion.product_id,
                    ProductText.language == conversation.language,
                ),
            )
            .where(or_(here, theirs))
            .order_by(Suggestion.created_at.desc(), Suggestion.rank.desc())
            .limit(MOST_SUGGESTIONS)
        )
        return [Suggested(suggestion, title) for suggestion, title in rows][::-1]


def _number(facts: Mapping[str, object]) -> str:
    return next((str(facts[name]) for name in NUMBERED if facts.get(name)), "")
