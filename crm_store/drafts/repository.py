"""Every query on drafts. Each demands the agent whose they are."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.drafts.models import Box, Draft


class DraftRepository:
    """Reads and writes an agent's drafts in the session it is given."""

    def __init__(self, session: AsyncSession, agent: Agent) -> None:
        self._session = session
        self._agent = agent

    async def keep(self, conversation_id: UUID, box: Box, text: str) -> None:
        """Keep what is in a box now; nothing in it is no draft."""
        if not text:
            await self.drop(conversation_id, box)
            return
        draft = Draft(conversation_id=conversation_id, agent_id=self._agent.id, box=box)
        draft.text, draft.changed_at = text, utc_now()
        await self._session.merge(draft)

    async def drop(self, conversation_id: UUID, box: Box) -> None:
        """Forget what was in a box: it has been sent, or was given up."""
        await self._session.execute(
            delete(Draft).where(
                Draft.conversation_id == conversation_id,
                Draft.agent_id == self._agent.id,
                Draft.box == box,
            )
        )

    async def of(self, conversation_id: UUID) -> Mapping[Box, str]:
        """Return what the agent has begun to write in a conversation, by box."""
        rows = await self._session.execute(
            select(Draft.box, Draft.text).where(
                Draft.conversation_id == conversation_id, Draft.agent_id == self._agent.id
            )
        )
        return {draft.box: draft.text for draft in rows}
