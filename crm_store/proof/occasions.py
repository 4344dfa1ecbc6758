"""The moments in which something would be offered unasked, to either group alike."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.insight.repository import EventRepository
from crm_store.proof.control import in_control_group
from crm_store.strategy.policies import SuggestionPolicy
from crm_store.suggestions.models import Place

OFFER_DUE = "offer_due"
"""The event by which the report knows whom to compare."""


def withheld(
    session: AsyncSession,
    customer: UUID,
    policy: SuggestionPolicy,
    place: Place,
    *,
    at: datetime,
) -> bool:
    """Return whether a customer is to be offered nothing, and write down that it was due.

    It is asked wherever something would be offered unasked, before looking for it: so the report
    compares customers who differ in nothing but the draw. What a customer asks for is answered
    whoever they are, for silence is never an answer.
    """
    control = in_control_group(customer, share=policy.control_share, salt=policy.control_salt)
    facts = {"control": control, "place": place.value, "policy_version": policy.version}
    EventRepository(session).note(OFFER_DUE, customer, facts, at=at)
    return control
