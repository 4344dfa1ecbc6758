"""What rings at whom, read once for all pages of a process that ask at the same time."""

import asyncio
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


class Ringing:
    """Reads it; whoever asks before a read has begun is answered by that read."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions
        self._next: asyncio.Task[Rings] | None = None

    async def now(self) -> Rings:
        """Return what rings, as it is at this moment or later."""
        if self._next is None:
            self._next = asyncio.create_task(self._read())
        # One page that goes away must not break off what the others wait for.
        return await asyncio.shield(self._next)

    async def _read(self) -> Rings:
        # From here on, whoever asks may know of something newer.
        self._next = None
        async with at_once(self._sessions) as session:
            offers = await OfferRepository(session).ringing()
            names = await ConversationRepository(session).agent_names(
                offer.agent_id for offer, _ in offers
            )
            duties = await DutyRepository(session).all()
            policy = (await PolicyRepository(session).current()).routing
        return Rings(offers, names, {duty.agent_id: duty for duty in duties}, policy)
