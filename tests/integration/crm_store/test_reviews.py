import pytest
from sqlalchemy import select

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow, NotBought
from crm_store.orders.models import OrderState
from crm_store.reviews.models import Review, ReviewState
from crm_store.reviews.repository import ReviewRepository
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def a_buyer(
    sessions: SessionFactory, *, state: OrderState = OrderState.delivered
) -> tuple[Conversation, Product]:
    ana, product = a_customer(), a_product("Rigoletto", sku="R-1")
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, state=state, titles=("R-1",))
    order.lines[0].product_id = product.id
    await kept(sessions, ana, product, order, hers)
    return hers, product


async def test_a_verdict_on_what_was_bought_waits_for_release(sessions: SessionFactory) -> None:
    hers, product = await a_buyer(sessions)

    async with sessions.begin() as session:
        await ReviewRepository(session).of_product(hers, "R-1", rating=4, text="Good.", at=NOW)

    async with sessions() as session:
        review = (await session.scalars(select(Review))).one()
    assert (review.product_id, review.customer_id) == (product.id, hers.customer_id)
    assert (review.rating, review.state) == (4, ReviewState.waiting)


async def test_a_second_verdict_takes_the_place_of_the_first(sessions: SessionFactory) -> None:
    hers, _ = await a_buyer(sessions)
    async with sessions.begin() as session:
        first = await ReviewRepository(session).of_product(
            hers, "R-1", rating=5, text="Great.", at=NOW
        )
        first.state = ReviewState.released

    async with sessions.begin() as session:
        await ReviewRepository(session).of_product(hers, "R-1", rating=2, text="Broke.", at=NOW)

    async with sessions() as session:
        review = (await session.scalars(select(Review))).one()
    assert (review.rating, review.text, review.state) == (2, "Broke.", ReviewState.waiting)


@pytest.mark.parametrize("state", [OrderState.placed, OrderState.shipped, OrderState.cancelled])
async def test_nobody_judges_what_they_have_not_received(
    sessions: SessionFactory, state: OrderState
) -> None:
    hers, _ = await a_buyer(sessions, state=state)

    async with sessions() as session:
        with pytest.raises(NotBought):
            await ReviewRepository(session).of_product(hers, "R-1", rating=4, text="", at=NOW)


async def test_only_a_proved_customer_judges_a_product(sessions: SessionFactory) -> None:
    hers, _ = await a_buyer(sessions)
    hers.level = Level.claimed

    async with sessions() as session:
        with pytest.raises(LevelTooLow):
            await ReviewRepository(session).of_product(hers, "R-1", rating=4, text="", at=NOW)


async def test_anybody_may_judge_the_shop(sessions: SessionFactory) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)

    async with sessions.begin() as session:
        await ReviewRepository(session).of_shop(somebody, rating=1, text="Slow.", at=NOW)

    async with sessions() as session:
        review = (await session.scalars(select(Review))).one()
    assert (review.customer_id, review.product_id) == (None, None)


async def test_a_customer_who_is_only_claimed_judges_in_nobodys_name(
    sessions: SessionFactory,
) -> None:
    ana = a_customer()
    claimed = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, claimed)

    async with sessions.begin() as session:
        await ReviewRepository(session).of_shop(claimed, rating=1, text="Slow.", at=NOW)

    async with sessions() as session:
        assert (await session.scalars(select(Review.customer_id))).one() is None
