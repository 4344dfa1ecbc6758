"""Keeping a promised call, each step with everything that belongs to it in one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.callbacks.models import (
    CallbackAttempt,
    CallbackRequest,
    CallbackState,
    CallOutcome,
)
from crm_store.callbacks.repository import CallbackRepository
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import CallbackNotOpen, UnknownCallback
from crm_store.insight.repository import EventRepository
from crm_store.strategy.opening import is_open, next_open
from crm_store.strategy.repository import PolicyRepository

LOST_AFTER: Final = timedelta(minutes=3)
"""A call that was made rings, and is reported, long before; one that was not is made anew."""
LONGEST_CALL: Final = timedelta(hours=4)
"""After which a call that was answered has ended, whatever was reported."""


async def due(session: AsyncSession, *, at: datetime) -> Sequence[UUID]:
    """Return the calls that are to be made now; none while the shop is closed."""
    shop = (await PolicyRepository(session).current()).shop
    return await CallbackRepository(session).due(at=at) if is_open(shop, at) else ()


async def begin(
    session: AsyncSession, request_id: UUID, *, at: datetime, agent_id: UUID | None = None
) -> CallbackAttempt:
    """Write down that a call is being made, or raise CallbackNotOpen.

    Whoever commits this makes the call, and nobody else does. Without an agent, who decides for
    themselves, it must be due, in opening hours, and left to nobody.
    """
    callbacks = CallbackRepository(session)
    request = await callbacks.lock(request_id)
    if agent_id is None and not await _calls_itself(session, request, at):
        raise CallbackNotOpen(request.number)
    nth = request.call()
    attempt = CallbackAttempt(
        created_at=at, request_id=request.id, nth=nth, agent_id=agent_id or request.agent_id
    )
    callbacks.add_attempt(attempt)
    await session.flush()
    await _record(session, request, "callback_called", {"attempt": nth})
    return attempt


async def placed(session: AsyncSession, attempt_id: UUID, call: str) -> None:
    """Note which call it is; what is reported of the call may have told it before."""
    _, attempt = await CallbackRepository(session).lock_attempt(attempt_id)
    attempt.call = attempt.call or call


async def answered(
    session: AsyncSession, attempt_id: UUID, call: str, *, at: datetime
) -> tuple[CallbackRequest, CallbackAttempt]:
    """Note that somebody has answered; raise UnknownCallback if this is not their call any more."""
    request, attempt = await CallbackRepository(session).lock_attempt(attempt_id)
    attempt.call = attempt.call or call
    if attempt.call != call or attempt.outcome not in {None, CallOutcome.answered}:
        raise UnknownCallback(str(attempt_id))
    attempt.answered_at = attempt.answered_at or at
    return request, attempt


async def ended(
    session: AsyncSession, attempt_id: UUID, outcome: CallOutcome, *, call: str | None, at: datetime
) -> CallbackRequest | None:
    """Note what became of a call; return the request, if that is news.

    Nobody reached is tried again as the policy says, in opening hours, and missed in the end. A
    call that ended without anybody having answered has failed.
    """
    request, attempt = await CallbackRepository(session).lock_attempt(attempt_id)
    attempt.call = attempt.call or call
    if outcome is CallOutcome.answered and attempt.answered_at is None:
        outcome = CallOutcome.failed
    if not attempt.end(outcome, at):
        return None
    await _settle(session, request, attempt, at)
    return request


async def recover(session: AsyncSession, *, at: datetime) -> Sequence[CallbackRequest]:
    """Settle the calls of which nothing is heard any more; return their requests."""
    callbacks = CallbackRepository(session)
    silent = await callbacks.silent(since=at - LOST_AFTER, answered_since=at - LONGEST_CALL)
    settled = []
    for attempt_id in silent:
        request, attempt = await callbacks.lock_attempt(attempt_id)
        heard = attempt.answered_at is not None
        if attempt.end(CallOutcome.answered if heard else CallOutcome.lost, at):
            await _settle(session, request, attempt, at)
            settled.append(request)
    return settled


async def cancel(session: AsyncSession, request_id: UUID, *, at: datetime) -> None:
    """Let nobody call, or raise CallbackNotOpen."""
    request = await CallbackRepository(session).lock(request_id)
    if request.state is CallbackState.missed:
        # Noted at the desk until somebody has seen it.
        request.state = CallbackState.withdrawn
        return
    if request.state is not CallbackState.asked:
        raise CallbackNotOpen(request.number)
    request.withdraw(at)
    await _record(session, request, "callback_withdrawn", {})


async def take_over(session: AsyncSession, request_id: UUID, agent_id: UUID) -> None:
    """Leave a call to one agent, or raise CallbackNotOpen."""
    request = await CallbackRepository(session).lock(request_id)
    request.take_over(agent_id)
    await _record(session, request, "callback_taken", {"agent": str(agent_id)})


async def _calls_itself(session: AsyncSession, request: CallbackRequest, at: datetime) -> bool:
    shop = (await PolicyRepository(session).current()).shop
    conversation = await ConversationRepository(session).get(request.conversation_id)
    # Whoever is on the phone with us in the very matter is not called beside it.
    free = request.agent_id is None and conversation.call is None
    return free and request.calls_at <= at and is_open(shop, at)


async def _settle(
    session: AsyncSession, request: CallbackRequest, attempt: CallbackAttempt, at: datetime
) -> None:
    if request.state is not CallbackState.calling:
        return
    if attempt.outcome is CallOutcome.answered:
        request.reach(at)
    elif attempt.outcome is CallOutcome.lost:
        # Nobody was rung: that is made good for at once.
        request.try_again(at)
    else:
        await _not_reached(session, request, at)
    facts = {"attempt": attempt.nth, "outcome": attempt.outcome}
    await _record(session, request, f"callback_{request.state}", facts)


async def _not_reached(session: AsyncSession, request: CallbackRequest, at: datetime) -> None:
    policies = await PolicyRepository(session).current()
    if request.attempts >= policies.callback.attempts:
        request.miss(at)
    else:
        pause = policies.callback.pause_after(request.attempts)
        request.try_again(next_open(policies.shop, at + pause))


async def _record(session: AsyncSession, request: CallbackRequest, kind: str, facts: Json) -> None:
    conversation = await ConversationRepository(session).get(request.conversation_id)
    EventRepository(session).record(kind, conversation, {"callback": request.number, **facts})
