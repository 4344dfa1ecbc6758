"""What an agent finishes is done by the same steps of the store as the assistant takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Conversation, Handler
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import (
    LateWrite,
    LevelTooLow,
    NotDeliverable,
    NothingLeftToReturn,
    OrderNotChangeable,
    OrderNotFound,
    StoreError,
    WrongHandler,
)
from crm_store.forms.filled import Cancellation, Filled, Move, Redirection, Renaming, Sending
from crm_store.forms.finishing import Letters, finish
from crm_store.forms.models import EVERY
from crm_store.orders.models import Order, OrderState
from crm_store.outbox.models import OutboxMessage
from crm_store.returns.models import Reason, Return
from tests.builders import a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LETTERS = Letters("{return_number}: {label}", "changed")
JENA = ("Am Markt 1", "07743", "Jena", "DE")
AIDA = Sending("A-17", "Aida", reason=Reason.damaged)


async def test_an_item_goes_back_once_and_the_rest_at_once(sessions: SessionFactory) -> None:
    hers = await with_mia(sessions)

    number = await finished(sessions, hers, AIDA)
    with pytest.raises(NothingLeftToReturn):
        await finished(sessions, hers, AIDA)
    await finished(sessions, hers, Sending("a 17", EVERY))

    async with sessions() as session:
        first, rest = (await session.scalars(select(Return).order_by(Return.number))).all()
        letters = (await session.scalars(select(OutboxMessage))).all()
    assert (first.number, first.reason, rest.reason) == (number, Reason.damaged, None)
    assert {letter.text for letter in letters} == {
        f"{back.number}: {back.label}" for back in (first, rest)
    }
    assert {letter.address for letter in letters} == {"ana@example.com"}


async def test_an_address_is_changed_and_the_customer_is_written_to(
    sessions: SessionFactory,
) -> None:
    hers = await with_mia(sessions)

    await finished(sessions, hers, Move(*JENA))
    with pytest.raises(NotDeliverable):
        await finished(sessions, hers, Move("Rue 1", "75001", "Paris", "FR"))

    async with sessions() as session:
        ana = (await session.scalars(select(Customer))).one()
        letter = (await session.scalars(select(OutboxMessage))).one()
    assert ana.address is not None
    assert (ana.address.street, ana.address.town) == ("Am Markt 1", "Jena")
    assert letter.text == "changed"


async def test_an_order_in_the_house_is_redirected_or_cancelled(sessions: SessionFactory) -> None:
    hers = await with_mia(sessions, state=OrderState.placed)

    await finished(sessions, hers, Redirection("A-17", "", *JENA))
    assert await finished(sessions, hers, Cancellation("a 17")) == "A-17"
    with pytest.raises(OrderNotChangeable):
        await finished(sessions, hers, Redirection("A-17", "Bob", *JENA))

    async with sessions() as session:
        order = (await session.scalars(select(Order))).one()
    assert order.state is OrderState.cancelled
    assert order.address is not None
    assert (order.address.recipient, order.address.town) == ("Ana Ruiz", "Jena")


async def test_the_part_of_a_name_that_is_not_told_stays(sessions: SessionFactory) -> None:
    hers = await with_mia(sessions)

    await finished(sessions, hers, Renaming("", "Berger"))

    async with sessions() as session:
        assert (await session.scalars(select(Customer))).one().name == "Ana Berger"


@pytest.mark.parametrize(
    "filled",
    [AIDA, Cancellation("A-17"), Move(*JENA), Redirection("A-17", "", *JENA), Renaming("", "B")],
)
async def test_nothing_is_done_for_whoever_has_not_proved_who_they_are(
    sessions: SessionFactory, filled: Filled
) -> None:
    hers = await with_mia(sessions, level=Level.claimed)

    with pytest.raises(LevelTooLow):
        await finished(sessions, hers, filled)


@pytest.mark.parametrize(
    ("filled", "refused"),
    [(Sending("B-9", "Aida"), OrderNotFound), (Sending("A-17", "Tosca"), StoreError)],
)
async def test_nothing_is_done_about_what_is_not_theirs(
    sessions: SessionFactory, filled: Filled, refused: type[StoreError]
) -> None:
    hers = await with_mia(sessions)

    with pytest.raises(refused):
        await finished(sessions, hers, filled)


async def test_nothing_is_done_by_whoever_does_not_have_the_conversation(
    sessions: SessionFactory,
) -> None:
    hers = await with_mia(sessions)
    tom = Agent(id=uuid4(), login="tom", name="Tom", password_hash="x")

    with pytest.raises(WrongHandler):
        await finished(sessions, hers, AIDA, by=tom)
    with pytest.raises(LateWrite):
        await finished(sessions, hers, AIDA, epoch=0)


async def with_mia(
    sessions: SessionFactory,
    *,
    level: Level = Level.verified,
    state: OrderState = OrderState.delivered,
) -> Conversation:
    ana, mia = a_customer(), Agent(id=uuid4(), login="mia", name="Mia", password_hash="x")
    hers = a_conversation(of=ana, level=level)
    hers.level_seen_at = utc_now()
    hers.handler, hers.agent_id = Handler.agent, mia.id
    order = an_order(ana, state=state, titles=("Rigoletto", "Aida"))
    order.delivered_at = utc_now() - timedelta(days=1)
    await kept(sessions, ana, mia, order, hers)
    return hers


async def finished(
    sessions: SessionFactory,
    hers: Conversation,
    filled: Filled,
    *,
    by: Agent | None = None,
    epoch: int = 1,
) -> str:
    async with sessions.begin() as session:
        agent = await session.get_one(Agent, hers.agent_id) if by is None else by
        return await finish(
            session, hers.id, agent, filled, epoch=epoch, letters=LETTERS, at=utc_now()
        )
