"""Every query on cases."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.cases.models import NUMBERS, Case, CaseKind, CaseState
from crm_store.conversations.models import Conversation
from crm_store.insight.repository import EventRepository
from crm_store.strategy.opening import promised_by
from crm_store.strategy.repository import PolicyRepository


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
        cause: UUID | None = None,
    ) -> Case:
        """Open a case with the shop's promise of when somebody answers.

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
            promised_by=promised_by(policies.shop, at, hours=getattr(policies.cases, kind)),
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
                Case.state == CaseState.open,
            )
            .order_by(Case.created_at.desc())
        )
        return rows.all()

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
