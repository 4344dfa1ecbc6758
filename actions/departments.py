"""Which department or colleague a customer asks for."""

from typing import Final

from actions.base import ActionTurn
from crm_store.agents.models import Agent
from crm_store.agents.naming import agent_named
from crm_store.agents.repository import AgentRepository
from crm_store.strategy.policies import Policies

TITLES: Final = {
    "billing": "utter_department_billing",
    "shipping": "utter_department_shipping",
    "returns": "utter_department_returns",
    "technical": "utter_department_technical",
    "sales": "utter_department_sales",
    "management": "utter_department_management",
}


def department_asked_for(turn: ActionTurn, policies: Policies) -> str | None:
    """Return the department that is named, if the shop has it."""
    named = turn.entity("department")
    return str(named) if named in policies.departments.keys and named in TITLES else None


async def colleague_asked_for(turn: ActionTurn) -> Agent | None:
    """Return the colleague who is named, if there is such a one."""
    if turn.chosen or not turn.text:
        return None
    return agent_named(turn.text, await AgentRepository(turn.session).everybody())
