"""Every query on calls that the shop owes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.callbacks.models import (
    NUMBERS,
    CallbackAttempt,
    CallbackRequest,
    CallbackState,
)
from crm_store.callbacks.planning import DAYS, first_free, hour_of
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import ContactKind, ContactPoint, Customer
from crm_store.errors import UnknownCallback
from crm_store.insight.repository import EventRepository
from crm_store.strategy.repository import PolicyRepository

MOST_SHOWN = 200
_PROMISING = 0xCA11
"""The lock under which calls are promised."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The call that a customer asks for."""

    phone: str
    """In E.164."""
    due_at: datetime
    reason: str = ""
    department: str | None = None
    agent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A call as a line of the desk's list."""

    request: CallbackRequest
    name: str | None
    """The customer's."""
    agent: str | None
    """Who has taken it over."""


class CallbackRepository:
    """Keeps calls until somebody has made them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def first_free(self, wanted: datetime) -> datetime:
        """Return when a call can be promised, no earlier than wanted, or raise NobodyThere."""
        policies = await PolicyRepository(self._session).current()
        return first_free(
            policies.shop,
            wanted,
            owed=await self._owed(wanted),
            most=policies.callback.most_per_hour,
        )

    async def hold(self) -> None:
        """Let one transaction at a time promise calls, so that no hour is promised too often."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_PROMISING)))

    async def ask(
        self,
        conversation: Conversation,
        wanted: Wanted,
        *,
        at: datetime,
        cause: UUID | None = None,
    ) -> CallbackRequest:
        """Promise a call, in place of one that this conversation has asked for before.

        Anybody may ask; it belongs to whom the conversation is with, proved or not.
        """
        await self.withdraw(conversation, at=at)
        number = await self._session.scalar(NUMBERS.next_value())
        request = CallbackRequest(
            number=f"T-{number}",
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
            phone=wanted.phone,
            due_at=wanted.due_at,
            language=conversation.language,
            reason=wanted.reason,
            department=wanted.department,
            wanted_agent_id=wanted.agent_id,
        )
        self._session.add(request)
        await self._session.flush()
        facts = {"callback": request.number, "due_at": request.due_at.isoformat()}
        EventRepository(self._session).record("callback_asked", conversation, facts, cause=cause)
        return request

    async def withdraw(self, conversation: Conversation, *, at: datetime) -> None:
        """Forget the calls that this conversation has asked for and nobody has made yet."""
        for request in await self._session.scalars(
            select(CallbackRequest).where(
                CallbackRequest.conversation_id == conversation.id,
                CallbackRequest.state == CallbackState.asked,
            )
        ):
            request.withdraw(at)

    async def lock(self, request_id: UUID) -> CallbackRequest:
        """Return a call that is owed for writing, or raise UnknownCallback."""
        found: CallbackRequest | None = await self._session.scalar(
            select(CallbackRequest)
            .where(CallbackRequest.id == request_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if found is None:
            raise UnknownCallback(str(request_id))
        return found

    async def lock_attempt(self, attempt_id: UUID) -> tuple[CallbackRequest, CallbackAttempt]:
        """Return an attempt with its request for writing; the request is what is locked."""
        attempt = await self._session.get(CallbackAttempt, attempt_id)
        if attempt is None:
            raise UnknownCallback(str(attempt_id))
        request = await self.lock(attempt.request_id)
        await self._session.refresh(attempt)
        return request, attempt

    async def conversation_of(self, request: CallbackRequest) -> Conversation:
        """Return the conversation that asked for a call, for writing."""
        return await ConversationRepository(self._session).lock(request.conversation_id)

    def add_attempt(self, attempt: CallbackAttempt) -> None:
        """Write down a call before it is made; the request must be locked."""
        self._session.add(attempt)

    async def due(self, *, at: datetime) -> Sequence[UUID]:
        """Return the calls that are due and left to nobody, the longest owed first."""
        calls_at = func.coalesce(CallbackRequest.next_at, CallbackRequest.due_at)
        rows = await self._session.scalars(
            select(CallbackRequest.id)
            .where(
                CallbackRequest.state == CallbackState.asked,
                CallbackRequest.agent_id.is_(None),
                calls_at <= at,
            )
            .order_by(calls_at)
        )
        return rows.all()

    async def silent(self, *, since: datetime, answered_since: datetime) -> Sequence[UUID]:
        """Return the calls of which nothing has been heard since, or too long since an answer."""
        attempt = CallbackAttempt
        rows = await self._session.scalars(
            select(attempt.id).where(
                attempt.outcome.is_(None),
                or_(
                    and_(attempt.answered_at.is_(None), attempt.created_at < since),
                    attempt.answered_at < answered_since,
                ),
            )
        )
        return rows.all()

    async def open(self) -> Sequence[Owed]:
        """Return what is owed, being done, or was missed and nobody has seen, the next first."""
        shown = (CallbackState.asked, CallbackState.calling, CallbackState.missed)
        rows = await self._session.execute(
            select(CallbackRequest, Customer.given_name, Customer.family_name, Agent.name)
            .outerjoin(Customer, Customer.id == CallbackRequest.customer_id)
            .outerjoin(Agent, Agent.id == CallbackRequest.agent_id)
            .where(CallbackRequest.state.in_(shown))
            .order_by(func.coalesce(CallbackRequest.next_at, CallbackRequest.due_at))
            .limit(MOST_SHOWN)
        )
        return [
            Owed(request, " ".join(filter(None, (given, family))) or None, agent)
            for request, given, family, agent in rows
        ]

    async def number_on_file(self, conversation: Conversation, *, at: datetime) -> str | None:
        """Return the verified customer's own telephone number, or raise LevelTooLow."""
        found: str | None = await self._session.scalar(
            select(ContactPoint.value)
            .where(
                ContactPoint.customer_id == conversation.verified_customer(at),
                ContactPoint.kind == ContactKind.phone,
            )
            .order_by(ContactPoint.created_at, ContactPoint.id)
            .limit(1)
        )
        return found

    async def _owed(self, since: datetime) -> Mapping[datetime, int]:
        until = since + timedelta(days=DAYS + 1)
        moments = await self._session.scalars(
            select(CallbackRequest.due_at).where(
                CallbackRequest.state == CallbackState.asked,
                CallbackRequest.due_at >= hour_of(since),
                CallbackRequest.due_at < until,
            )
        )
        return Counter(hour_of(moment) for moment in moments)
