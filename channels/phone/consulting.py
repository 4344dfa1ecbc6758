"""Holds callers, asks colleagues, and passes callers on to them, while they speak with an agent."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from channels.dependencies import TheHub, ThePhoneCompany, TheSessions, TheSettings
from channels.phone.dialling import TheDialling
from channels.phone.signature import webhook_url
from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.queueing import pass_to_queue
from crm_store.handoffs.service import take_over, transfer
from crm_store.legs.consulting import Talk, consult, listen, listening, talk_in, talk_of
from crm_store.legs.models import Leg, Part


class Consulting:
    """Does what an agent wants with a caller whom they speak to."""

    def __init__(
        self,
        settings: TheSettings,
        *,
        sessions: TheSessions,
        hub: TheHub,
        company: ThePhoneCompany,
        dialling: TheDialling,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._hub = hub
        self._company = company
        self._dialling = dialling

    async def hold(self, conversation_id: UUID, agent: Agent) -> None:
        """Have the caller hear that it goes on, and nothing else."""
        async with self._sessions.begin() as session:
            talk = await talk_of(session, conversation_id, agent)
        await self._hold(talk)

    async def resume(self, conversation_id: UUID, agent: Agent) -> None:
        """Come back to the caller; a colleague who was asked is let go."""
        async with self._sessions.begin() as session:
            talk = await talk_of(session, conversation_id, agent)
        if talk.colleague is not None and talk.agent.call:
            await self._company.ends(talk.conference, talk.agent.call, with_it=True)
            await self._company.hang_up(talk.colleague.call or "")
        await self._company.resume(talk.conference, talk.caller)

    async def ask(self, conversation_id: UUID, agent: Agent, colleague_id: UUID) -> None:
        """Have a colleague rung while the caller is on hold."""
        async with self._sessions.begin() as session:
            colleague = await AgentRepository(session).get(colleague_id)
            self._dialling.address(colleague)
            talk, leg = await consult(session, conversation_id, agent, colleague)
        self._hub.moved(conversation_id)
        await self._hold(talk)
        if leg.call is None:
            await self._dialling.call(leg, colleague)

    async def pass_on(
        self, conversation_id: UUID, agent: Agent, colleague_id: UUID, *, epoch: int, note: str
    ) -> Conversation:
        """Give a customer to a colleague; a caller goes on with the one who was asked."""
        async with self._sessions.begin() as session:
            talk = await talk_in(
                session, await ConversationRepository(session).lock(conversation_id)
            )
            colleague = await AgentRepository(session).get(colleague_id)
            conversation = await transfer(
                session, conversation_id, agent, colleague, epoch=epoch, note=note
            )
            heir = None if talk is None else talk.of(colleague_id)
            if heir is not None:
                heir.part, heir.whispers = Part.agent, False
        self._hub.moved(conversation_id)
        if talk is not None:
            await self._hand_over(talk, colleague_id)
        return conversation

    async def pass_to_queue(
        self,
        conversation_id: UUID,
        agent: Agent,
        department: str | None,
        *,
        epoch: int,
        note: str,
    ) -> Conversation:
        """Let a customer wait for another department; a caller is back on the line meanwhile."""
        async with self._sessions.begin() as session:
            talk = await talk_in(
                session, await ConversationRepository(session).lock(conversation_id)
            )
            conversation = await pass_to_queue(
                session, conversation_id, agent, department, epoch=epoch, note=note
            )
        self._hub.moved(conversation_id)
        if talk is not None:
            await self._company.hang_up(talk.agent.call or "")
        return conversation

    async def take_over(self, conversation_id: UUID, agent: Agent) -> Conversation:
        """Take a customer over from a colleague; a caller is back on the line."""
        async with self._sessions.begin() as session:
            talk = await talk_in(
                session, await ConversationRepository(session).lock(conversation_id)
            )
            conversation = await take_over(session, conversation_id, agent)
            heir = None if talk is None else talk.of(agent.id)
            if heir is not None:
                heir.part, heir.whispers = Part.agent, False
        self._hub.moved(conversation_id)
        if talk is not None and talk.agent.agent_id != agent.id:
            await self._hand_over(talk, agent.id)
        return conversation

    async def listen(self, conversation_id: UUID, supervisor: Agent) -> Leg:
        """Have somebody rung who is to hear a colleague and a caller, and is not heard."""
        self._dialling.address(supervisor)
        async with self._sessions.begin() as session:
            leg = await listen(session, conversation_id, supervisor)
        self._hub.moved(conversation_id)
        if leg.call is None:
            await self._dialling.call(leg, supervisor)
        return leg

    async def whisper(self, conversation_id: UUID, supervisor: Agent, *, whispers: bool) -> None:
        """Let the agent alone hear who listens in, or nobody again."""
        async with self._sessions() as session:
            talk, leg = await listening(session, conversation_id, supervisor)
        if whispers:
            await self._company.whisper(talk.conference, leg.call or "", to=talk.agent.call or "")
        else:
            await self._company.mute(talk.conference, leg.call or "")
        async with self._sessions.begin() as session:
            _, leg = await listening(session, conversation_id, supervisor)
            leg.whispers = whispers
        self._hub.moved(conversation_id)

    async def _hand_over(self, talk: Talk, colleague_id: UUID) -> None:
        """Leave caller and colleague to themselves; without one, the caller is back on the line."""
        heir = talk.of(colleague_id)
        if heir is not None and heir.call and talk.agent.call:
            if heir in talk.listeners:
                await self._company.join_in(talk.conference, heir.call)
            await self._company.ends(talk.conference, heir.call, with_it=True)
            await self._company.ends(talk.conference, talk.agent.call, with_it=False)
            await self._company.resume(talk.conference, talk.caller)
        await self._company.hang_up(talk.agent.call or "")

    async def _hold(self, talk: Talk) -> None:
        url = webhook_url(self._settings, f"/phone/room/{talk.room}/held")
        await self._company.hold(talk.conference, talk.caller, url=url)


TheConsulting = Annotated[Consulting, Depends()]
