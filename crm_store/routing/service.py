"""The steps of an offer: it rings, and is taken, declined, missed or withdrawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.claiming import take
from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation
from crm_store.handoffs.models import Handoff
from crm_store.routing.choosing import Free, Waits, best_for
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Duty, Offer, OfferState
from crm_store.routing.repository import Load, OfferRepository
from crm_store.strategy.repository import PolicyRepository
from crm_store.strategy.routing import RoutingPolicy

Waiting = tuple[Handoff, Conversation]


async def make_offers(session: AsyncSession, *, at: datetime) -> bool:
    """Offer waiting customers to free agents; return whether anything has changed.

    What has rung long enough goes to the next agent, and the customer keeps their place.
    """
    offers = OfferRepository(session)
    if not await offers.hold():
        return False
    policy = (await PolicyRepository(session).current()).routing
    withdrawn = await offers.withdraw_settled(at=at)
    missed = await offers.run_out(at=at)
    for offer in missed:
        duty = await DutyRepository(session).for_writing(offer.agent_id)
        duty.let_pass(most=policy.most_missed, at=at)
    await session.flush()
    made = await _offer(session, policy, at)
    return bool(withdrawn or missed or made)


async def accept(
    session: AsyncSession, offer_id: UUID, agent: Agent, *, at: datetime
) -> tuple[UUID, int]:
    """Give the customer on offer to the agent; return which conversation, and the epoch.

    Raises OfferGone for what rings no more, and AlreadyClaimed where a colleague was faster.
    """
    offers = OfferRepository(session)
    offer = await offers.for_writing(offer_id, agent.id)
    offer.end(OfferState.accepted, at)
    conversation_id = await offers.conversation_of(offer)
    epoch = await take(session, conversation_id, agent)
    # Locked after the conversation, as wherever both are.
    duty = await DutyRepository(session).for_writing(agent.id)
    duty.missed = 0
    return conversation_id, epoch


async def decline(session: AsyncSession, offer_id: UUID, agent: Agent, *, at: datetime) -> None:
    """Let the next agent be asked."""
    offer = await OfferRepository(session).for_writing(offer_id, agent.id)
    offer.end(OfferState.declined, at)
    duty = await DutyRepository(session).for_writing(agent.id)
    duty.missed = 0


async def _offer(session: AsyncSession, policy: RoutingPolicy, at: datetime) -> int:
    offers = OfferRepository(session)
    on_duty = await offers.on_duty(at=at, seen_after=at - policy.away_after)
    if not on_duty:
        return 0
    waiting = await offers.waiting()
    if not waiting:
        return 0
    loads = await offers.loads()
    free = {
        duty.agent_id: _free(duty, loads.get(duty.agent_id, Load()), policy) for duty in on_duty
    }
    made = 0
    for handoff, waits in await _described(offers, waiting, policy, at):
        agent = best_for(waits, free.values())
        if agent is None:
            continue
        del free[agent.agent_id]
        ringing = Offer(handoff_id=handoff.id, agent_id=agent.agent_id, created_at=at)
        ringing.rings_until = at + policy.ring
        offers.add(ringing)
        made += 1
    return made


async def _described(
    offers: OfferRepository, waiting: Sequence[Waiting], policy: RoutingPolicy, at: datetime
) -> list[tuple[Handoff, Waits]]:
    last = await offers.last_agents([conversation.id for _, conversation in waiting])
    passed = await offers.let_pass([handoff.id for handoff, _ in waiting])
    return [
        (
            handoff,
            Waits(
                department=handoff.department,
                language=handoff.language,
                by_phone=conversation.call is not None,
                is_wide=at - handoff.waits_since >= timedelta(seconds=policy.widen_after_seconds),
                wanted=handoff.wanted_agent_id,
                last=last.get(conversation.id),
                let_pass=Counter(agent for agent, _ in passed.get(handoff.id, ())),
                not_now=_just_now(passed.get(handoff.id, ()), policy, at),
            ),
        )
        for handoff, conversation in waiting
    ]


def _just_now(
    passed: Iterable[tuple[UUID, datetime]], policy: RoutingPolicy, at: datetime
) -> frozenset[UUID]:
    pause = timedelta(seconds=policy.again_after_seconds)
    return frozenset(agent for agent, ended in passed if at - ended < pause)


def _free(duty: Duty, load: Load, policy: RoutingPolicy) -> Free:
    chats = policy.chats if duty.chats is None else duty.chats
    calls = policy.calls if duty.calls is None else duty.calls
    return Free(
        agent_id=duty.agent_id,
        skills=frozenset(duty.skills),
        languages=frozenset(duty.languages),
        load=load.chats + load.calls,
        takes_chats=load.calls == 0 and load.chats < chats,
        takes_calls=load.calls < calls,
        idle_since=duty.since,
    )
