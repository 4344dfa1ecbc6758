"""Every query on colleagues who have joined."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Handler
from crm_store.handoffs.models import Joined


class JoinedRepository:
    """Reads and writes who has joined, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def has(self, conversation: Conversation, agent_id: UUID) -> bool:
        """Return whether an agent has joined whoever has the conversation now."""
        if conversation.handler is not Handler.agent:
            return False
        joined = await self._session.get(Joined, (conversation.id, agent_id))
        return joined is not None and joined.epoch == conversation.epoch

    async def names(self, conversation: Conversation) -> Mapping[UUID, str]:
        """Return who has joined whoever has the conversation now, by their ids."""
        rows = await self._session.execute(
            select(Agent.id, Agent.name)
            .join(Joined, Joined.agent_id == Agent.id)
            .where(Joined.conversation_id == conversation.id, Joined.epoch == conversation.epoch)
            .order_by(Joined.created_at)
        )
        return {row.id: row.name for row in rows}

    async def everywhere(self) -> Mapping[UUID, Collection[UUID]]:
        """Return by conversation which agents have joined whoever has it now."""
        rows = await self._session.execute(
            select(Joined.conversation_id, Joined.agent_id)
            .join(Conversation, Conversation.id == Joined.conversation_id)
            .where(Joined.epoch == Conversation.epoch, Conversation.handler == Handler.agent)
        )
        joined: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for conversation, agent in rows:
            joined[conversation].append(agent)
        return joined

    async def put(self, conversation: Conversation, agent_id: UUID) -> None:
        """Note that an agent has joined; of an earlier time there is nothing to keep."""
        joined = Joined(
            conversation_id=conversation.id, agent_id=agent_id, epoch=conversation.epoch
        )
        await self._session.merge(joined)

    async def remove(self, conversation: Conversation, agent_id: UUID) -> None:
        """Note that an agent has gone again."""
        await self._session.execute(
            delete(Joined).where(
                Joined.conversation_id == conversation.id, Joined.agent_id == agent_id
            )
        )
