"""A conversation has one owner at any time, whatever agents, the assistant and time do to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.answering import reply
from crm_store.agents.claiming import take
from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Author, Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import create_engine, create_session_factory
from crm_store.errors import AlreadyClaimed, LateWrite, OfferGone, StoreError, WrongHandler
from crm_store.handoffs import service
from crm_store.handoffs.models import Handoff, Reason
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Offer, OfferState
from crm_store.routing.service import accept, decline, make_offers
from tests.builders import a_conversation

pytestmark = pytest.mark.integration

AGENTS = range(3)
LONG_AGO, SOON = timedelta(hours=-1), timedelta(minutes=5)
T = TypeVar("T")
Step = Callable[[AsyncSession], Awaitable[object]]


class Ownership(RuleBasedStateMachine):
    """Does to one conversation whatever can be done, in any order, and knows who must have it."""

    database_url: str

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.Runner()
        self._engine = create_engine(self.database_url, connections=1)
        self._sessions = create_session_factory(self._engine)
        self._agents = [self._agent(number) for number in AGENTS]
        self._conversation = a_conversation()
        self._do(self._begin)
        self._handler, self._owner, self._epoch = Handler.bot, -1, 1

    def teardown(self) -> None:
        self._loop.run(self._engine.dispose())
        self._loop.close()

    # What agents do, each for the epoch that somebody may have been given at any time.

    @rule(agent=st.sampled_from(AGENTS))
    def an_agent_takes_it(self, agent: int) -> None:
        taken = self._tried(lambda s: take(s, self._id, self._agents[agent]), AlreadyClaimed)

        has_it = self._handler is Handler.agent and self._owner == agent
        assert taken == (self._handler is Handler.queue or has_it)
        if taken and not has_it:
            self._goes_to(Handler.agent, agent)

    @rule(agent=st.sampled_from(AGENTS), back=st.integers(0, 3))
    def an_agent_writes(self, agent: int, back: int) -> None:
        epoch = self._epoch - back
        words = {"client_id": str(uuid4()), "text": f"from {agent}"}

        written = self._tried(
            lambda s: reply(s, self._id, self._agents[agent], epoch=epoch, **words),
            LateWrite,
            WrongHandler,
        )

        assert written == self._may_write(agent, back)

    @rule(agent=st.sampled_from(AGENTS), to=st.sampled_from(AGENTS), back=st.integers(0, 1))
    def an_agent_passes_it_on(self, agent: int, to: int, back: int) -> None:
        giver, heir = self._agents[agent], self._agents[to]

        passed = self._tried(
            lambda s: service.transfer(
                s, self._id, giver, heir, epoch=self._epoch - back, note="see above"
            ),
            LateWrite,
            WrongHandler,
        )

        assert passed == self._may_write(agent, back)
        if passed:
            self._goes_to(Handler.agent, to)

    @rule(agent=st.sampled_from(AGENTS), back=st.integers(0, 1))
    def an_agent_gives_it_back(self, agent: int, back: int) -> None:
        epoch, holder = self._epoch - back, self._agents[agent]

        given = self._tried(
            lambda s: service.return_to_bot(
                s, self._id, holder, epoch=epoch, outcome="solved", note=""
            ),
            LateWrite,
            WrongHandler,
        )

        assert given == self._may_write(agent, back)
        if given:
            self._goes_to(Handler.bot)

    @rule(agent=st.sampled_from(AGENTS), back=st.integers(0, 1))
    def an_agent_closes_it(self, agent: int, back: int) -> None:
        epoch, holder = self._epoch - back, self._agents[agent]

        closed = self._tried(
            lambda s: service.close(s, self._id, holder, epoch=epoch, outcome="solved", note=""),
            LateWrite,
            WrongHandler,
        )

        assert closed == self._may_write(agent, back)
        if closed:
            self._goes_to(Handler.closed)

    # What offers do.

    @rule(agent=st.sampled_from(AGENTS), later=st.sampled_from([0, 25, 45]))
    def offers_are_made(self, agent: int, later: int) -> None:
        at = utc_now() + timedelta(seconds=later)

        async def offer(session: AsyncSession) -> None:
            await DutyRepository(session).here(self._agents[agent].id, at=at)
            await make_offers(session, at=at)

        self._do(offer)

    @rule(agent=st.sampled_from(AGENTS), no=st.booleans())
    def an_agent_answers_an_offer(self, agent: int, no: bool) -> None:
        offer = self._rings_at(agent)
        if offer is None:
            return
        if no:
            assert self._tried(
                lambda s: decline(s, offer, self._agents[agent], at=utc_now()), OfferGone
            )
            return
        taken = self._tried(
            lambda s: accept(s, offer, self._agents[agent], at=utc_now()),
            AlreadyClaimed,
            OfferGone,
        )
        has_it = self._handler is Handler.agent and self._owner == agent
        assert taken == (self._handler is Handler.queue or has_it)
        if taken and not has_it:
            self._goes_to(Handler.agent, agent)

    # What the assistant, the customer and time do.

    @rule()
    def the_assistant_hands_it_off(self) -> None:
        async def hand_off(session: AsyncSession) -> None:
            locked = await ConversationRepository(session).lock(self._id)
            await service.hand_off(session, locked, Reason.asked, trigger_seq=1)

        handed_off = self._tried(hand_off, WrongHandler)

        assert handed_off == (self._handler is Handler.bot)
        if handed_off:
            self._goes_to(Handler.queue)

    @rule(back=st.integers(0, 2))
    def the_assistant_answers(self, back: int) -> None:
        epoch = self._epoch - back

        async def answer(session: AsyncSession) -> None:
            locked = await ConversationRepository(session).lock(self._id)
            locked.require_epoch(epoch)
            if locked.handler is not Handler.bot:
                raise WrongHandler
            ConversationRepository(session).add(locked, Author.bot, "answer")

        written = self._tried(answer, LateWrite, WrongHandler)

        assert written == (self._handler is Handler.bot and back == 0)

    @rule(gone=st.booleans())
    def the_agents_page_is_looked_for(self, gone: bool) -> None:
        since = utc_now() + (SOON if gone else LONG_AGO)

        lapsed = self._result(lambda s: service.lapse(s, self._id, gone_since=since))

        assert lapsed == (gone and self._handler is Handler.agent)
        if lapsed:
            self._goes_to(Handler.queue)

    @rule(long=st.booleans())
    def nobody_has_come(self, long: bool) -> None:
        before = utc_now() + (SOON if long else LONG_AGO)

        taken_back = self._result(lambda s: service.take_back(s, self._id, before=before))

        assert taken_back == (long and self._handler is Handler.queue)
        if taken_back:
            self._goes_to(Handler.bot)

    @precondition(lambda self: self._handler is Handler.closed)
    @rule()
    def it_is_opened_again(self) -> None:
        async def reopen(session: AsyncSession) -> None:
            (await ConversationRepository(session).lock(self._id)).reopen()

        self._do(reopen)
        self._goes_to(Handler.bot)

    @invariant()
    def one_has_it_and_all_agree_who(self) -> None:
        found, waiting, open_handoffs = self._result(self._stands)

        assert (found.handler, found.epoch) == (self._handler, self._epoch)
        owner = self._agents[self._owner].id if self._handler is Handler.agent else None
        if self._handler is Handler.agent:
            assert found.agent_id == owner
        is_out = self._handler in (Handler.queue, Handler.agent)
        assert open_handoffs == (1 if is_out else 0)
        assert waiting == (1 if self._handler is Handler.queue else 0)

    @property
    def _id(self) -> UUID:
        return self._conversation.id

    def _may_write(self, agent: int, back: int) -> bool:
        return self._handler is Handler.agent and self._owner == agent and back == 0

    def _goes_to(self, handler: Handler, owner: int = -1) -> None:
        self._handler, self._owner, self._epoch = handler, owner, self._epoch + 1

    def _agent(self, number: int) -> Agent:
        return Agent(id=uuid4(), login=uuid4().hex, name=f"Agent {number}", password_hash="")

    async def _begin(self, session: AsyncSession) -> None:
        session.add_all(self._agents)
        session.add(self._conversation)
        await session.flush()
        locked = await ConversationRepository(session).lock(self._conversation.id)
        ConversationRepository(session).add(locked, Author.customer, "hello")

    async def _stands(self, session: AsyncSession) -> tuple[Conversation, int, int]:
        found = await session.get_one(Conversation, self._id)
        mine = select(Handoff).where(Handoff.conversation_id == self._id)
        still = (await session.scalars(mine.where(Handoff.ended_at.is_(None)))).all()
        waiting = [one for one in still if one.claimed_at is None]
        return found, len(waiting), len(still)

    def _rings_at(self, agent: int) -> UUID | None:
        async def find(session: AsyncSession) -> UUID | None:
            found: UUID | None = await session.scalar(
                select(Offer.id)
                .join(Handoff, Handoff.id == Offer.handoff_id)
                .where(
                    Offer.agent_id == self._agents[agent].id,
                    Offer.state == OfferState.ringing,
                    Handoff.conversation_id == self._id,
                )
            )
            return found

        return self._result(find)

    def _do(self, step: Step) -> None:
        self._result(step)

    def _tried(self, step: Step, *refusals: type[StoreError]) -> bool:
        try:
            self._do(step)
        except refusals:
            return False
        return True

    def _result(self, step: Callable[[AsyncSession], Awaitable[T]]) -> T:
        async def run() -> T:
            async with self._sessions.begin() as session:
                return await step(session)

        return self._loop.run(run())


def test_a_conversation_has_one_owner(database_url: str) -> None:
    class Here(Ownership):
        pass

    Here.database_url = database_url

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
