"""What customers like, learned from what they do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from crm_store.base import Language
from crm_store.catalogue.models import Product
from crm_store.customers.models import Customer, Facet, Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.errors import ProductNotFound, UnknownCustomer
from crm_store.interests.learning import learn_from_orders, observe, observe_asked
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository
from crm_store.interests.strength import strength_now
from crm_store.orders.models import Order, OrderState
from crm_store.strategy.repository import PolicyRepository
from tests.builders import (
    NOW,
    a_conversation,
    a_customer,
    a_product,
    a_return,
    an_order,
    consent,
)
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

VIEWED, ASKED = InterestSource.viewed, InterestSource.asked
BOUGHT, RETURNED = InterestSource.bought, InterestSource.returned
INFERRED = InterestSource.inferred
VERDI = "Giuseppe Verdi"


def bought(of: Customer, *products: Product, number: str = "A-17") -> Order:
    order = an_order(of, number=number, titles=tuple(p.sku for p in products))
    for line, product in zip(order.lines, products, strict=True):
        line.product_id = product.id
    return order


async def ana_and(sessions: SessionFactory, *products: Product) -> Customer:
    ana = a_customer()
    await kept(sessions, ana, *products)
    return ana


async def learned(sessions: SessionFactory, ana: Customer) -> dict[tuple[str, str], float]:
    async with sessions.begin() as session:
        await learn_from_orders(session, [ana.id], at=NOW)
    return {(one.source.value, one.text): one.strength for one in await facts(sessions, ana)}


async def facts(sessions: SessionFactory, ana: Customer) -> list[Interest]:
    async with sessions() as session:
        theirs = select(Interest).where(Interest.customer_id == ana.id).order_by(Interest.text)
        return list(await session.scalars(theirs))


async def current(
    sessions: SessionFactory, ana: Customer, *, days: float = 0
) -> list[tuple[str, float]]:
    async with sessions() as session:
        known = await InterestRepository(session).current(ana.id, at=NOW + timedelta(days=days))
    return [(liking.interest.text, liking.strength) for liking in known]


async def viewed(
    sessions: SessionFactory, ana: Customer, product: Product, *, days: float = 0
) -> bool:
    async with sessions.begin() as session:
        at = NOW + timedelta(days=days)
        return await observe(session, ana.id, product.id, VIEWED, at=at)


async def test_a_view_is_an_interest_that_tells_where_it_comes_from(
    sessions: SessionFactory,
) -> None:
    aida, message = a_product("Aida", german="Die Aida"), uuid4()
    ana = await ana_and(sessions, aida)

    async with sessions.begin() as session:
        await observe(session, ana.id, aida.id, VIEWED, at=NOW, message=message)

    (one,) = await facts(sessions, ana)
    assert (one.text, one.language, one.product_id) == ("Aida", Language.en, aida.id)
    assert (one.source, one.strength, one.learned_at) == (VIEWED, 0.15, NOW)
    assert one.message_id == message


async def test_seen_again_it_grows_by_what_is_left_of_it(sessions: SessionFactory) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)

    await viewed(sessions, ana, aida)
    await viewed(sessions, ana, aida, days=14)

    (one,) = await facts(sessions, ana)
    half_life = timedelta(days=14)
    left = strength_now(0.15, learned_at=NOW, at=NOW + half_life, half_life=half_life)
    assert one.strength == pytest.approx(left + 0.15)
    assert one.learned_at == NOW + half_life


async def test_it_never_grows_beyond_certainty_nor_fails_after_an_age(
    sessions: SessionFactory,
) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)

    for _ in range(9):
        await viewed(sessions, ana, aida)
    (certain,) = await facts(sessions, ana)
    await viewed(sessions, ana, aida, days=36_500)

    (again,) = await facts(sessions, ana)
    assert certain.strength == 1.0
    assert again.strength == pytest.approx(0.15)


async def test_an_unknown_customer_or_product_is_refused(sessions: SessionFactory) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)

    async with sessions.begin() as session:
        with pytest.raises(UnknownCustomer):
            await observe(session, uuid4(), aida.id, VIEWED, at=NOW)
        with pytest.raises(ProductNotFound):
            await observe(session, ana.id, uuid4(), VIEWED, at=NOW)
        with pytest.raises(ValueError, match="bought"):
            await observe(session, ana.id, aida.id, BOUGHT, at=NOW)


async def test_who_wants_no_suggestions_is_not_watched(sessions: SessionFactory) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)
    await kept(sessions, bought(ana, aida), consent(ana, given=False))

    assert await viewed(sessions, ana, aida) is False
    assert await learned(sessions, ana) == {}


async def test_a_shop_may_want_customers_to_agree_first(sessions: SessionFactory) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)
    rules = {"after_complaint": False, "opt_in": True}
    async with sessions.begin() as session:
        await PolicyRepository(session).change("suggestions", rules, at=NOW)

    before = await viewed(sessions, ana, aida)
    await kept(sessions, consent(ana, given=True))

    assert (before, await viewed(sessions, ana, aida)) == (False, True)


@pytest.mark.parametrize(("level", "noted"), [(Level.claimed, False), (Level.verified, True)])
async def test_only_who_has_proved_themselves_is_remembered_to_have_asked(
    sessions: SessionFactory, level: Level, noted: bool
) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)
    hers = a_conversation(of=ana, level=level)
    await kept(sessions, hers)

    async with sessions.begin() as session:
        assert await observe_asked(session, hers, aida.id, at=NOW) is noted

    assert [one.source for one in await facts(sessions, ana)] == [ASKED] * noted


async def test_two_works_of_one_creator_tell_of_an_interest_in_them(
    sessions: SessionFactory,
) -> None:
    aida, otello, tosca = a_product("Aida"), a_product("Otello"), a_product("Tosca", creator="P")
    for opera in (aida, otello, tosca):
        opera.genre = "opera"
    ana = await ana_and(sessions, aida, otello, tosca)
    await kept(sessions, bought(ana, aida), bought(ana, otello, tosca, number="A-18"))

    known = await learned(sessions, ana)

    assert known == {
        ("bought", "Aida"): 0.5,
        ("bought", "Otello"): 0.5,
        ("bought", "Tosca"): 0.5,
        ("inferred", VERDI): pytest.approx(0.6),
        ("inferred", "opera"): pytest.approx(0.84),
    }
    assert await learned(sessions, ana) == known


async def test_the_same_work_twice_tells_of_nothing_more(sessions: SessionFactory) -> None:
    aida = a_product("Aida")
    ana = await ana_and(sessions, aida)
    await kept(sessions, bought(ana, aida), bought(ana, aida, number="A-18"))

    assert await learned(sessions, ana) == {("bought", "Aida"): 0.5}


async def test_what_went_back_speaks_against_and_no_more_for_its_creator(
    sessions: SessionFactory,
) -> None:
    aida, otello = a_product("Aida"), a_product("Otello")
    ana = await ana_and(sessions, aida, otello)
    order = bought(ana, aida, otello)
    await kept(sessions, order)
    await learned(sessions, ana)

    await kept(sessions, a_return(order, order.lines[0].sku))

    assert await learned(sessions, ana) == {("bought", "Otello"): 0.5, ("returned", "Aida"): -0.5}


async def test_a_cancelled_order_tells_nothing(sessions: SessionFactory) -> None:
    aida, otello = a_product("Aida"), a_product("Otello")
    ana = await ana_and(sessions, aida, otello)
    await kept(sessions, bought(ana, aida, otello))
    await learned(sessions, ana)
    async with sessions.begin() as session:
        await session.execute(update(Order).values(state=OrderState.cancelled))

    assert await learned(sessions, ana) == {}


async def test_what_is_forgotten_is_not_learned_again_from_the_same_orders(
    sessions: SessionFactory,
) -> None:
    aida, otello = a_product("Aida"), a_product("Otello")
    ana = await ana_and(sessions, aida, otello)
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, hers, bought(ana, aida, otello))
    await learned(sessions, ana)
    await viewed(sessions, ana, aida)
    every = [one.id for one in await facts(sessions, ana)]

    async with sessions.begin() as session:
        await InterestRepository(session).forget(hers, every, at=NOW)
    await learned(sessions, ana)

    assert await current(sessions, ana) == []
    assert {one.source for one in await facts(sessions, ana)} == {BOUGHT, INFERRED}


async def test_somebody_elses_interests_are_not_forgotten(sessions: SessionFactory) -> None:
    aida, ben = a_product("Aida"), a_customer(number="C-2", email="ben@example.com")
    ana = await ana_and(sessions, aida)
    bens = a_conversation(of=ben, level=Level.verified)
    await kept(sessions, ben, bens)
    await viewed(sessions, ana, aida)
    hers = [one.id for one in await facts(sessions, ana)]

    async with sessions.begin() as session:
        await InterestRepository(session).forget(bens, hers, at=NOW)

    assert len(await facts(sessions, ana)) == 1


async def test_the_strongest_comes_first_and_the_faded_not_at_all(
    sessions: SessionFactory,
) -> None:
    aida, otello = a_product("Aida"), a_product("Otello")
    ana = await ana_and(sessions, aida, otello)
    await viewed(sessions, ana, aida)
    async with sessions.begin() as session:
        await observe(session, ana.id, otello.id, ASKED, at=NOW)

    assert [text for text, _ in await current(sessions, ana)] == ["Otello", "Aida"]
    assert [text for text, _ in await current(sessions, ana, days=30)] == ["Otello"]
    assert (await current(sessions, ana, days=30))[0][1] == pytest.approx(0.15)
    assert await current(sessions, ana, days=121) == []


async def test_what_is_kept_long_enough_is_removed(sessions: SessionFactory) -> None:
    aida, otello = a_product("Aida"), a_product("Otello")
    ana = await ana_and(sessions, aida, otello)
    await viewed(sessions, ana, aida)
    await viewed(sessions, ana, otello, days=1)

    async with sessions.begin() as session:
        await InterestRepository(session).remove_expired(at=NOW + timedelta(days=60, hours=1))

    assert [one.text for one in await facts(sessions, ana)] == ["Otello"]


async def test_never_by_a_creator_outweighs_all_that_speaks_for_them(
    sessions: SessionFactory,
) -> None:
    aida, otello, tosca = a_product("Aida"), a_product("Otello"), a_product("Tosca", creator="P")
    ana = await ana_and(sessions, aida, otello, tosca)
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, hers, bought(ana, aida, otello, tosca))
    await learned(sessions, ana)

    async with sessions.begin() as session:
        InterestRepository(session).never_by(hers, VERDI, at=NOW, message_id=None)

    assert [text for text, _ in await current(sessions, ana)] == ["Tosca"]


async def test_a_genre_is_called_by_its_name_in_the_customers_language(
    sessions: SessionFactory,
) -> None:
    opera = Interest(text="opera", facet=Facet.genre, source=INFERRED, language=Language.en)

    assert Liking(opera, 1.0).words(Language.de) == "Opern"
