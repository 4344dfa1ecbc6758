"""Every query of the desk's lists that is an agent's own. Each demands the agent who looks."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Handler
from crm_store.handoffs.joined_repository import joined_by
from crm_store.handoffs.queue_repository import LINES, Waiting, lines


class DeskRepository:
    """Reads what an agent may see, in the session it is given."""

    def __init__(self, session: AsyncSession, agent: Agent) -> None:
        self._session = session
        self._agent = agent

    async def mine(self) -> Sequence[Waiting]:
        """Return whom this agent has, and for whom they have joined a colleague."""
        theirs = or_(Conversation.agent_id == self._agent.id, joined_by(self._agent.id))
        return await lines(
            self._session, LINES.where(Conversation.handler == Handler.agent, theirs)
        )
