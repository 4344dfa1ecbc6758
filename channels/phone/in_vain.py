"""Callers for whom nobody comes: the assistant takes them back, and says so."""

from datetime import timedelta

from channels.hub import Hub
from channels.looking import look_for_ever
from channels.turn import Turns
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import take_back
from crm_store.legs.models import LegState
from crm_store.legs.repository import LegRepository
from crm_store.legs.service import put_down
from crm_store.strategy.repository import PolicyRepository

LOOK_SECONDS = 2.0
FORGOTTEN = timedelta(minutes=3)
"""After which nobody tells any more what has become of a telephone that rang."""


class InVain:
    """Finds who has waited for too long, in whichever process they came in."""

    def __init__(self, *, turns: Turns, sessions: SessionFactory, hub: Hub) -> None:
        self._turns = turns
        self._sessions = sessions
        self._hub = hub

    async def run(self) -> None:
        """Look again and again, for ever."""
        await look_for_ever(self.look, of="waiting callers", every=LOOK_SECONDS)

    async def look(self) -> None:
        """Have the assistant take back everybody who has waited for as long as the policy says."""
        await self._put_down_forgotten()
        async with self._sessions() as session:
            policy = (await PolicyRepository(session).current()).phone
            before = utc_now() - timedelta(seconds=policy.most_wait_seconds)
            waiting = await HandoffRepository(session).in_vain(before=before)
        for conversation_id in waiting:
            async with self._sessions.begin() as session:
                taken = await take_back(session, conversation_id, before=before)
            if taken:
                self._turns.kick(conversation_id)
                self._hub.moved(conversation_id)

    async def _put_down_forgotten(self) -> None:
        async with self._sessions() as session:
            forgotten = await LegRepository(session).forgotten(before=utc_now() - FORGOTTEN)
        for leg in forgotten:
            async with self._sessions.begin() as session:
                await put_down(session, leg.id, LegState.missed)
