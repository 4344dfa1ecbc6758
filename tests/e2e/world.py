"""The store of the running product, as a test looks into it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, ConversationRef, Turn, TurnState
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import ContactKind, ContactPoint, Customer, Interest
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff
from crm_store.insight.models import Event
from crm_store.orders.models import Order
from crm_store.outbox.models import OutboxMessage
from crm_store.suggestions.models import Suggestion
from tests.e2e.given import give, in_words
from tests.e2e.ledger import Expected, Ledger
from tests.e2e.scenario import Scenario, Words, each

PATIENCE_SECONDS = 30
CODE_MESSAGE = re.compile(r"\b\d{6}\b (?:ist Ihr Code|is your code)")


class World:
    """Prepares the store for a scenario, and tells what became of it."""

    def __init__(self, sessions: SessionFactory) -> None:
        self.sessions = sessions
        self._ledger = Ledger(sessions)

    async def begin(self, scenario: Scenario | None = None) -> None:
        """Make the store what it was at first, and then what the scenario is given."""
        await self._ledger.restore()
        async with self.sessions.begin() as session:
            if scenario is not None:
                await give(session, scenario)
        await self._ledger.settle()

    async def settle(self) -> None:
        """Take what the store holds now for what was there before."""
        await self._ledger.settle()

    async def compare(self, changed: Mapping[str, Expected]) -> None:
        """Assert that these rows, and no others, were added or changed."""
        await self._ledger.compare(changed, {})

    async def phone_of(self, customer: str) -> str:
        """Return the number on file of a customer."""
        async with self.sessions() as session:
            return (
                await session.scalars(
                    select(ContactPoint.value)
                    .join(Customer)
                    .where(Customer.number == customer, ContactPoint.kind == ContactKind.phone)
                )
            ).one()

    async def latest_code(self) -> str:
        """Return the code that was sent last."""
        newest, *_ = await self.codes()
        return newest

    async def codes(self) -> list[str]:
        """Return the codes in the messages of the outbox, the newest first."""
        newest_first = select(OutboxMessage.text).order_by(OutboxMessage.created_at.desc())
        async with self.sessions() as session:
            texts = (await session.scalars(newest_first)).all()
        found = (re.search(r"\b\d{3}\s?\d{3}\b", text) for text in texts)
        return [match[0].replace(" ", "") for match in found if match]

    async def conversation_of_call(self, sid: str) -> UUID:
        """Return the conversation that a call is."""
        async with self.sessions() as session:
            found = await ConversationRepository(session).find(ConversationRef(Channel.phone, sid))
        assert found is not None, "the call is not in the record"
        return found.id

    async def last_seq(self, conversation: UUID) -> int:
        """Return how many messages there are."""
        async with self.sessions() as session:
            return (await ConversationRepository(session).get(conversation)).last_seq

    async def recorded_after(self, conversation: UUID, seq: int) -> None:
        """Wait until something more is in the record."""
        for _ in range(PATIENCE_SECONDS * 20):
            if await self.last_seq(conversation) > seq:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("what was said did not reach the record")

    async def settled(self, conversation: UUID) -> int:
        """Wait until the bot owes nothing, and return the last number."""
        owed = select(Turn.id).where(
            Turn.conversation_id == conversation,
            Turn.state.in_([TurnState.waiting, TurnState.running]),
        )
        for _ in range(PATIENCE_SECONDS * 20):
            async with self.sessions() as session:
                if (await session.scalar(owed.limit(1))) is None:
                    return (await ConversationRepository(session).get(conversation)).last_seq
            await asyncio.sleep(0.05)
        raise AssertionError("the bot still owes an answer")

    async def check(self, conversation: UUID, scenario: Scenario) -> None:
        """Compare the store with what a scenario says of it."""
        then = scenario.then
        async with self.sessions() as session:
            found = await ConversationRepository(session).get(conversation)
            if then.handler is not None:
                assert found.handler == then.handler
            if then.level is not None:
                assert found.current_level(utc_now()).name == then.level
            if then.handoff_reason is not None:
                reasons = select(Handoff.reason).where(Handoff.conversation_id == conversation)
                assert then.handoff_reason in (await session.scalars(reasons)).all()
            for number, state in then.orders.items():
                order = select(Order.state).where(Order.number == number)
                assert (await session.scalars(order)).one() == state
            if then.suggestions:
                outcomes = await session.execute(
                    select(Suggestion.outcome, func.count())
                    .where(Suggestion.conversation_id == conversation)
                    .group_by(Suggestion.outcome)
                )
                assert {str(row[0]): row[1] for row in outcomes} == then.suggestions
            interests = (await session.scalars(select(Interest.text))).all()
            assert all(any(text in known for known in interests) for text in then.interests)
            kinds = set((await session.scalars(select(Event.kind))).all())
            assert set(then.events) <= kinds
            _compare_mails(await _mails(session), then.mails, scenario.language)
        await self._ledger.compare(then.changed, then.gone)


async def _mails(session: AsyncSession) -> list[str]:
    texts = await session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.created_at))
    return [text for text in texts if not CODE_MESSAGE.search(text)]


def _compare_mails(sent: list[str], expected: Sequence[Words], language: Language) -> None:
    assert len(sent) == len(expected), f"sent: {sent}"
    for words in expected:
        wanted = [in_words(text, language).lower() for text in each(words)]
        hit = next((mail for mail in sent if all(text in mail.lower() for text in wanted)), "")
        assert hit, f"no message says {words}: {sent}"
