"""Every query on cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.cases.models import NUMBERS, Case, CaseKind, CaseState
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer
from crm_store.errors import UnknownCase
from crm_store.insight.repository import EventRepository
from crm_store.strategy.opening import promised_by
from crm_store.strategy.repository import PolicyRepository

MOST_DUE = 500


@dataclass(frozen=True, slots=True)
class Due:
    """A case as a line of the desk's list."""

    case: Case
    customer: Customer | None

    def is_for(self, agent_id: UUID) -> bool:
        """Return whether it is this agent's, or nobody's yet."""
        return self.case.agent_id in {None, agent_id}


class CaseRepository:
    """Opens cases and finds them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(
        self,
        conversation: Conversation,
        kind: CaseKind,
        text: str,
        *,
        at: datetime,
        order_id: UUID | None = None,
        due: datetime | None = None,
        cause: UUID | None = None,
    ) -> Case:
        """Open a case, due when somebody has promised it, else as the shop promises it.

        Anybody may open one; it belongs to whom the conversation is with, proved or not.
        """
        policies = await PolicyRepository(self._session).current()
        number = await self._session.scalar(NUMBERS.next_value())
        case = Case(
            number=f"K-{number}",
            kind=kind,
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
            order_id=order_id,
            language=conversation.language,
            text=text,
            promised_by=due or promised_by(policies.shop, at, hours=getattr(policies.cases, kind)),
        )
        self._session.add(case)
        await self._session.flush()
        facts = {"case": case.number, "kind": kind.value}
        EventRepository(self._session).record("case_opened", conversation, facts, cause=cause)
        return case

    async def open_of(self, conversation: Conversation, *, at: datetime) -> Sequence[Case]:
        """Return the verified customer's open cases, newest first, or raise LevelTooLow."""
        rows = await self._session.scalars(
            select(Case)
            .where(
                Case.customer_id == conversation.verified_customer(at),
                Case.state != CaseState.closed,
                Case.kind != CaseKind.follow_up,
            )
            .order_by(Case.created_at.desc())
        )
        return rows.all()

    async def lock(self, case_id: UUID) -> Case:
        """Return a case for writing, or raise UnknownCase."""
        found = await self._session.get(Case, case_id, with_for_update=True)
        if found is None:
            raise UnknownCase(str(case_id))
        return found

    async def due(self, *, before: datetime) -> Sequence[Due]:
        """Return what is due before a moment, whosever it is, the first first."""
        rows = await self._session.execute(
            select(Case, Customer)
            .outerjoin(Customer, Customer.id == Case.customer_id)
            .where(Case.state != CaseState.closed, Case.promised_by < before)
            .order_by(Case.promised_by)
            .limit(MOST_DUE)
        )
        return [Due(case, customer) for case, customer in rows]

    def add_to(
        self, case: Case, words: str, conversation: Conversation, *, cause: UUID | None = None
    ) -> None:
        """Take down what else the customer has to say about a case."""
        case.add(words)
        facts = {"case": case.number}
        EventRepository(self._session).record("case_added_to", conversation, facts, cause=cause)

    async def in_conversation(self, conversation_id: UUID, kind: CaseKind) -> Case | None:
        """Return the newest case of a kind that was opened in this conversation."""
        found: Case | None = await self._session.scalar(
            select(Case)
            .where(Case.conversation_id == conversation_id, Case.kind == kind)
            .order_by(Case.created_at.desc())
            .limit(1)
        )
        return found
