"""What rings at whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory, at_once
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Duty, Offer
from crm_store.routing.repository import OfferRepository
from crm_store.strategy.repository import PolicyRepository
from crm_store.strategy.routing import RoutingPolicy


@dataclass(frozen=True, slots=True)
class Rings:
    """All offers that ring, the duty of everybody, and the rules, at one moment."""

    offers: Sequence[tuple[Offer, UUID]]
    """Each with the conversation that is offered."""
    names: dict[UUID | None, str]
    duties: dict[UUID, Duty]
    policy: RoutingPolicy

    def at(self, agent_id: UUID) -> tuple[Offer, UUID] | None:
        """Return what rings at an agent."""
        return next((ringing for ringing in self.offers if ringing[0].agent_id == agent_id), None)


async def read_rings(sessions: SessionFactory) -> Rings:
    """Return what rings now."""
    async with at_once(sessions) as session:
        offers = await OfferRepository(session).ringing()
        names = await ConversationRepository(session).agent_names(
            offer.agent_id for offer, _ in offers
        )
        duties = await DutyRepository(session).all()
        policy = (await PolicyRepository(session).current()).routing
    return Rings(offers, names, {duty.agent_id: duty for duty in duties}, policy)
