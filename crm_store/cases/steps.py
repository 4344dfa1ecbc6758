"""What agents do about cases, each step with everything that belongs to it in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import Json
from crm_store.cases.models import Case, CaseKind, CaseState
from crm_store.cases.repository import CaseRepository
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.repository import EventRepository


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that an agent opens."""

    kind: CaseKind
    text: str
    due: datetime | None = None
    """When it comes back; without it, when the shop promises such a case."""
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a case; what is None stays."""

    state: CaseState | None = None
    due: datetime | None = None
    tags: Sequence[str] | None = None
    mine: bool | None = None
    """Whether this agent sees to it, or nobody in particular."""


async def open_case(
    session: AsyncSession, conversation_id: UUID, agent: Agent, opening: Opening, *, at: datetime
) -> Case:
    """Open a case about a conversation; it is the agent's who has promised it."""
    conversation = await ConversationRepository(session).get(conversation_id)
    case = await CaseRepository(session).open(
        conversation, opening.kind, opening.text, at=at, due=opening.due
    )
    case.agent_id = agent.id
    case.tag(opening.tags)
    return case


async def change_case(
    session: AsyncSession, case_id: UUID, agent: Agent, change: Change, *, at: datetime
) -> Case:
    """Change a case, or raise UnknownCase or CaseClosed."""
    case = await CaseRepository(session).lock(case_id)
    if change.state is CaseState.closed:
        case.close(at)
    elif change.state is not None:
        case.reopen(change.state)
    if change.due is not None:
        case.postpone(change.due)
    if change.tags is not None:
        case.tag(change.tags)
    if change.mine is not None:
        case.agent_id = agent.id if change.mine else None
    _record(session, case, agent)
    return case


def _record(session: AsyncSession, case: Case, agent: Agent) -> None:
    facts: Json = {
        "case": case.number,
        "state": case.state.value,
        "due": case.promised_by.isoformat(),
        "tags": case.tags,
        "agent": str(agent.id),
    }
    EventRepository(session).note("case_changed", case.customer_id, facts)
