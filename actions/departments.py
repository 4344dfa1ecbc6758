"""Which department or colleague a customer asks for."""

from dataclasses import dataclass
from typing import Final

from actions.base import ActionTurn
from crm_store.agents.models import Agent
from crm_store.agents.naming import agent_named
from crm_store.agents.repository import AgentRepository
from crm_store.base import Json
from crm_store.strategy.policies import Policies

TITLES: Final = {
    "billing": "utter_department_billing",
    "shipping": "utter_department_shipping",
    "returns": "utter_department_returns",
    "technical": "utter_department_technical",
    "sales": "utter_department_sales",
    "management": "utter_department_management",
}


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom of the shop a customer wants; either may be left open."""

    department: str | None
    colleague: Agent | None

    def __bool__(self) -> bool:
        return self.department is not None or self.colleague is not None

    @property
    def kept(self) -> Json:
        """What a slot keeps of it."""
        agent = str(self.colleague.id) if self.colleague else None
        return {"department": self.department, "agent": agent}


async def whom_asked_for(turn: ActionTurn, policies: Policies) -> Whom:
    """Return the department and the colleague that are named, as far as there are such."""
    named = turn.entity("department")
    known = named in policies.departments.keys and named in TITLES
    return Whom(str(named) if known else None, await _colleague(turn))


async def _colleague(turn: ActionTurn) -> Agent | None:
    if turn.chosen or not turn.text:
        return None
    return agent_named(turn.text, await AgentRepository(turn.session).everybody())
