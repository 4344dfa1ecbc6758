"""The report on histories of which the truth is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from crm_store.base import Base
from crm_store.catalogue.models import Product, ProductKind
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderState
from crm_store.proof.attribution import attribute, purchases
from crm_store.proof.occasions import OFFER_DUE
from crm_store.proof.report import Report, suggestions_report
from crm_store.returns.models import Return, ReturnKind, ReturnLine, ReturnState
from crm_store.suggestions.models import Outcome, Place
from crm_store.suggestions.reasons import Link
from tests.builders import NOW, a_customer, a_product
from tests.integration.actions.conftest import kept
from tests.integration.crm_store.proof.shop import Met, a_purchase, a_showing, proved

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

BEFORE, SINCE = NOW - timedelta(days=60), NOW - timedelta(days=10)


@dataclass(frozen=True)
class Shelf:
    record: Product
    book: Product


@pytest.fixture
async def shelf(sessions: SessionFactory) -> Shelf:
    shelf = Shelf(
        a_product("Aida", price="20.00"),
        a_product("Verdi: A Life", kind=ProductKind.book, price="30.00"),
    )
    await kept(sessions, shelf.record, shelf.book)
    return shelf


async def test_the_lift_of_a_known_history_is_found(sessions: SessionFactory, shelf: Shelf) -> None:
    # Everybody had a record. Of those with offers, 30 % then bought a book as well; without, 10 %.
    await _groups(sessions, shelf, offered=2_000, crossed=600, control=1_000, crossed_without=100)

    report = await _report(sessions)

    assert (report.offered, report.control) == (2_000, 1_000)
    crossed, value = report.cross_buying, report.value
    assert (crossed.offered, crossed.control) == (0.3, 0.1)
    assert crossed.interval is not None
    assert crossed.interval.low < 0.2 < crossed.interval.high
    assert crossed.interval.low > 0.15
    assert (value.offered, value.control, value.difference) == pytest.approx((9.0, 3.0, 6.0))
    assert value.interval is not None
    assert 4.5 < value.interval.low < 6.0 < value.interval.high < 7.5
    assert crossed.enough
    assert value.enough


async def test_no_lift_is_not_taken_for_one(sessions: SessionFactory, shelf: Shelf) -> None:
    await _groups(sessions, shelf, offered=2_000, crossed=400, control=1_000, crossed_without=200)

    crossed = (await _report(sessions)).cross_buying

    assert crossed.enough
    assert crossed.interval is not None
    assert crossed.interval.low < 0 < crossed.interval.high


async def test_too_little_data_is_told_however_large_the_difference(
    sessions: SessionFactory, shelf: Shelf
) -> None:
    await _groups(sessions, shelf, offered=90, crossed=45, control=10, crossed_without=0)

    report = await _report(sessions)

    for lift in (report.cross_buying, report.value):
        assert not lift.enough
        assert (lift.customers, lift.needed > 300) == (10, True)


@pytest.mark.parametrize(("offered", "control"), [(0, 0), (5, 0), (0, 5)])
async def test_a_group_without_anybody_tells_nothing(
    sessions: SessionFactory, shelf: Shelf, offered: int, control: int
) -> None:
    await _groups(sessions, shelf, offered=offered, control=control)

    report = await _report(sessions)

    for lift in (report.cross_buying, report.value):
        assert (lift.interval, lift.enough, lift.customers) == (None, False, 0)
        assert lift.needed > 300


async def test_only_what_is_bought_after_the_first_offer_and_kept_counts(
    sessions: SessionFactory, shelf: Shelf
) -> None:
    ana, ben, eva, kim = people = [_somebody() for _ in range(4)]
    orders = [
        *(a_purchase(one, shelf.record, at=BEFORE) for one in people),
        a_purchase(ana, shelf.book, at=NOW, quantity=2),
        a_purchase(ben, shelf.book, at=NOW, state=OrderState.cancelled),
        a_purchase(eva, shelf.book, at=NOW),
        a_purchase(kim, shelf.record, at=NOW),
    ]
    sent_back = [_returned(orders[4], 1), _returned(orders[6], 1)]
    await kept(sessions, *people, *orders, *sent_back)
    await kept(sessions, *(_due(one, control=False) for one in people))

    report = await _report(sessions)

    # Ana kept one of two books, Ben and Eva none; Kim bought what she bought before.
    assert report.cross_buying.offered == 0.25
    assert report.value.offered == (30 + 20) / 4


async def test_a_first_purchase_is_no_cross_buying_and_two_kinds_at_once_are(
    sessions: SessionFactory, shelf: Shelf
) -> None:
    ana, ben = _somebody(), _somebody()
    orders = [
        a_purchase(ana, shelf.book, at=NOW),
        a_purchase(ben, shelf.book, shelf.record, at=NOW),
    ]
    await kept(sessions, ana, ben, *orders, _due(ana, control=False), _due(ben, control=True))

    crossed = (await _report(sessions)).cross_buying

    assert (crossed.offered, crossed.control) == (0.0, 1.0)


async def test_whoever_changes_groups_stays_in_the_first(
    sessions: SessionFactory, shelf: Shelf
) -> None:
    ana = _somebody()
    later = SINCE + timedelta(days=1)
    await kept(sessions, ana, _due(ana, control=False), _due(ana, control=True, at=later))

    whole, second = [await _report(sessions, since=since) for since in (None, later.date())]

    assert (whole.offered, whole.control) == (1, 0)
    assert (second.offered, second.control) == (0, 1)


async def test_acceptance_is_told_by_place_reason_and_occasion(
    sessions: SessionFactory, shelf: Shelf
) -> None:
    met = await _met(sessions, shelf.record)
    strip = a_showing(
        met.product,
        met.talk,
        to=met.customer,
        place=Place.product_page,
        reason=Link.theme,
        asked=False,
        at=SINCE,
    )
    shown = [
        a_showing(shelf.book, met.talk, outcome=outcome, at=SINCE)
        for outcome in (Outcome.accepted, Outcome.declined, Outcome.ignored)
    ]
    await kept(sessions, strip, *shown)
    await _bought(sessions, met, shelf.record)

    report = await _report(sessions)

    chat, page = report.places["chat"], report.places["product_page"]
    assert (chat.shown, chat.accepted, chat.bought, chat.rate) == (3, 1, 0, 1 / 3)
    assert (page.shown, page.accepted, page.bought, page.rate) == (1, 0, 1, 1)
    assert chat.interval is not None
    assert chat.interval.low < 1 / 3 < chat.interval.high
    assert [(name, row.shown) for name, row in report.reasons.items()] == [
        ("creator", 3),
        ("theme", 1),
    ]
    assert {name: row.shown for name, row in report.occasions.items()} == {
        "asked for": 3,
        "unasked": 1,
    }


@pytest.mark.parametrize("said", [Outcome.accepted, Outcome.ignored])
@pytest.mark.parametrize("how", ["cancelled", "returned", "sent back"])
async def test_what_is_not_kept_counts_as_what_it_was_before(
    sessions: SessionFactory, shelf: Shelf, said: Outcome, how: str
) -> None:
    met = await _met(sessions, shelf.book)
    await kept(sessions, a_showing(met.product, met.talk, to=met.customer, at=SINCE, outcome=said))
    order = await _bought(sessions, met, shelf.book)
    assert (await _report(sessions)).places["chat"].bought == 1

    if how == "sent back":
        await kept(sessions, _returned(order, 1))
    else:
        async with sessions.begin() as session:
            (await session.get_one(Order, order.id)).state = OrderState(how)

    chat = (await _report(sessions)).places["chat"]
    assert (chat.bought, chat.accepted) == (0, int(said is Outcome.accepted))


async def test_a_day_begins_by_the_shop_s_clock(sessions: SessionFactory, shelf: Shelf) -> None:
    met = await _met(sessions, shelf.book)
    # 23:30 in UTC is half past midnight in Berlin.
    late = NOW.replace(hour=23, minute=30)
    await kept(sessions, a_showing(met.product, met.talk, at=late))

    assert (await _report(sessions, since=late.date() + timedelta(days=1))).places
    assert not (await _report(sessions, since=late.date() + timedelta(days=2))).places


def _somebody() -> Customer:
    return a_customer(number=f"C-{uuid4().hex}", email=None)


def _due(customer: Customer, *, control: bool, at: datetime = SINCE) -> Event:
    return Event(kind=OFFER_DUE, customer_id=customer.id, at=at, facts={"control": control})


def _returned(order: Order, pieces: int) -> Return:
    line = order.lines[0]
    return Return(
        id=uuid4(),
        number=f"RT-{uuid4().hex}",
        customer_id=order.customer_id,
        order_id=order.id,
        order_number=order.number,
        kind=ReturnKind.money_back,
        state=ReturnState.received,
        label="",
        refund_amount=Decimal(0),
        currency="EUR",
        lines=[
            ReturnLine(
                position=1,
                sku=line.sku,
                title="",
                quantity=pieces,
                unit_price=line.unit_price,
            )
        ],
    )


async def _groups(
    sessions: SessionFactory,
    shelf: Shelf,
    *,
    offered: int,
    control: int,
    crossed: int = 0,
    crossed_without: int = 0,
) -> None:
    """Keep two groups who all had a record; those who crossed have bought a book since."""
    for size, buyers, in_control in ((offered, crossed, False), (control, crossed_without, True)):
        people = [_somebody() for _ in range(size)]
        rows: Sequence[Iterable[Base]] = (
            people,
            [a_purchase(one, shelf.record, at=BEFORE) for one in people],
            [a_purchase(one, shelf.book, at=NOW) for one in people[:buyers]],
            [_due(one, control=in_control) for one in people],
        )
        async with sessions.begin() as session:
            for group in rows:
                session.add_all(group)
                await session.flush()


async def _met(sessions: SessionFactory, product: Product) -> Met:
    ana = _somebody()
    talk = proved(ana)
    await kept(sessions, ana, talk)
    return Met(ana, talk, product)


async def _bought(sessions: SessionFactory, met: Met, product: Product) -> Order:
    order = a_purchase(met.customer, product, at=NOW)
    async with sessions.begin() as session:
        session.add(order)
        await attribute(session, purchases(order))
    return order


async def _report(sessions: SessionFactory, *, since: date | None = None) -> Report:
    async with sessions() as session:
        return await suggestions_report(session, since=since)
