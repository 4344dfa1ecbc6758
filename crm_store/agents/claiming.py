"""Taking customers who wait: one of many wins, and the others are told at once."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory, at_once
from crm_store.errors import AlreadyClaimed, StoreError
from crm_store.handoffs.service import claim
from crm_store.routing.duty_repository import DutyRepository


@dataclass(frozen=True, slots=True)
class Claim:
    """An agent who wants to take a waiting customer."""

    conversation: UUID
    agent: Agent


async def take(session: AsyncSession, conversation_id: UUID, agent: Agent) -> int:
    """Give a waiting customer to the agent and return the epoch.

    One of many wins, the others are told AlreadyClaimed. The winner may ask again.
    """
    conversation = await ConversationRepository(session).lock(conversation_id)
    return await _take(session, conversation, agent)


async def take_each(sessions: SessionFactory, claims: Sequence[Claim]) -> list[int | StoreError]:
    """Return what `take` answers each of many claims made at once, the first of them first."""
    of_each = defaultdict[UUID, list[Claim]](list)
    for one in claims:
        of_each[one.conversation].append(one)
    answered = await asyncio.gather(*(_answered(sessions, those) for those in of_each.values()))
    answers = {one: answer for some in answered for one, answer in some.items()}
    return [answers[one] for one in claims]


async def _answered(
    sessions: SessionFactory, claims: Sequence[Claim]
) -> dict[Claim, int | StoreError]:
    """Answer claims on one customer."""
    conversation_id = claims[0].conversation
    try:
        if not await _may_be_free(sessions, conversation_id, claims):
            return {one: AlreadyClaimed(str(conversation_id)) for one in claims}
        async with sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            return {one: await _tried(session, conversation, one.agent) for one in claims}
    except StoreError as refusal:
        return dict.fromkeys(claims, refusal)


async def _may_be_free(
    sessions: SessionFactory, conversation_id: UUID, claims: Sequence[Claim]
) -> bool:
    """Look without the lock first: whoever comes too late need not wait in line for it."""
    async with at_once(sessions) as session:
        handler, has = await ConversationRepository(session).whose(conversation_id)
    return handler is Handler.queue or has in {one.agent.id for one in claims}


async def _tried(
    session: AsyncSession, conversation: Conversation, agent: Agent
) -> int | StoreError:
    try:
        return await _take(session, conversation, agent)
    except AlreadyClaimed as refusal:
        return refusal


async def _take(session: AsyncSession, conversation: Conversation, agent: Agent) -> int:
    has = conversation.handler is Handler.agent and conversation.agent_id == agent.id
    if not has and conversation.handler is not Handler.queue:
        raise AlreadyClaimed(str(conversation.id))
    if conversation.handler is Handler.queue:
        await claim(session, conversation.id, agent)
    await DutyRepository(session).here(agent.id, at=utc_now())
    return conversation.epoch
