from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from crm_store.base import Language
from crm_store.catalogue.models import Product
from crm_store.customers.addresses import DeliveryAddress
from crm_store.errors import LastLine, LineNotFound, NotInStock, OrderNotChangeable
from crm_store.orders.models import Order, OrderState
from tests.builders import a_customer, a_product, an_order

pytestmark = pytest.mark.unit

HOME = DeliveryAddress("Ana Ruiz", "Am Rosengarten 12", "10437", "Berlin", "DE")
GONE = [state for state in OrderState if state is not OrderState.placed]


def two_items(state: OrderState = OrderState.placed) -> Order:
    return an_order(a_customer(), state=state, titles=("Rigoletto", "Aida"))


def test_an_order_in_the_house_goes_wherever_it_is_sent() -> None:
    order = two_items()

    order.change_address(HOME)

    assert order.address == HOME


CHANGES: dict[str, Callable[[Order], None]] = {
    "address": lambda order: order.change_address(HOME),
    "quantity": lambda order: order.change_quantity("Aida", 2),
    "removal": lambda order: order.remove_line("Aida"),
    "addition": lambda order: order.add_line(a_product("Otello"), 1, Language.en),
    "swap": lambda order: order.swap_line("Aida", a_product("Otello"), Language.en),
}


@pytest.mark.parametrize("state", GONE)
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_about_an_order_that_has_left_or_ended(
    state: OrderState, change: str
) -> None:
    order = two_items(state)

    with pytest.raises(OrderNotChangeable):
        CHANGES[change](order)

    assert order.address is None
    assert [(line.sku, line.quantity) for line in order.lines] == [("Rigoletto", 1), ("Aida", 1)]


def test_another_quantity_changes_the_total() -> None:
    order = two_items()

    aida = a_product("Aida", stock=5)

    order.change_quantity("Aida", 3, aida)

    assert order.total == Decimal("27.90") * 4
    assert aida.stock == 3


def test_fewer_pieces_need_no_stock() -> None:
    order = two_items()
    order.line("Aida").quantity = 3

    order.change_quantity("Aida", 1)

    assert order.total == Decimal("55.80")


@pytest.mark.parametrize("product", [None, a_product("Aida", stock=1)])
def test_more_pieces_than_there_are_change_nothing(product: Product | None) -> None:
    order = two_items()

    with pytest.raises(NotInStock):
        order.change_quantity("Aida", 3, product)

    assert order.line("Aida").quantity == 1


def test_none_of_an_item_takes_it_out() -> None:
    order = two_items()

    order.change_quantity("Aida", 0)

    assert [line.sku for line in order.lines] == ["Rigoletto"]


def test_an_item_goes_and_the_total_with_it() -> None:
    order = two_items()

    order.remove_line("Rigoletto")

    assert [line.sku for line in order.lines] == ["Aida"]
    assert order.total == Decimal("27.90")


def test_the_last_item_stays_for_without_it_the_order_is_cancelled() -> None:
    order = an_order(a_customer())

    with pytest.raises(LastLine):
        order.remove_line("Rigoletto")


def test_an_item_that_is_not_there_is_not_found() -> None:
    with pytest.raises(LineNotFound):
        two_items().remove_line("Tosca")


def test_a_product_comes_in_at_todays_price_and_in_the_customers_language() -> None:
    order = two_items()

    otello = a_product("Otello", german="Othello", price="12.50", stock=3)

    order.add_line(otello, 2, Language.en)

    added = order.lines[-1]
    assert (added.title, added.quantity, added.position) == ("Otello", 2, 2)
    assert order.total == Decimal("80.80")
    assert otello.stock == 1


def test_more_of_the_same_is_one_item() -> None:
    order = two_items()

    order.add_line(a_product("Aida", sku="Aida"), 2, Language.en)

    assert [(line.sku, line.quantity) for line in order.lines] == [("Rigoletto", 1), ("Aida", 3)]


def test_what_the_shop_has_not_got_does_not_come_in() -> None:
    order = two_items()

    with pytest.raises(NotInStock):
        order.add_line(a_product("Otello", stock=1), 2, Language.en)
    assert order.total == Decimal("55.80")


def test_an_item_is_swapped_even_where_it_is_the_only_one() -> None:
    order = an_order(a_customer())
    order.line("Rigoletto").quantity = 2

    order.swap_line("Rigoletto", a_product("Otello", price="10.00"), Language.en)

    assert [(line.sku, line.quantity) for line in order.lines] == [("SKU-OTELLO", 2)]
    assert order.total == Decimal("20.00")


@pytest.mark.parametrize(
    ("state", "expected_on", "days"),
    [
        (OrderState.shipped, date(2026, 11, 20), 3),
        (OrderState.placed, date(2026, 11, 23), 0),
        (OrderState.shipped, date(2026, 11, 25), 0),
        (OrderState.shipped, None, 0),
        (OrderState.delivered, date(2026, 11, 20), 0),
        (OrderState.cancelled, date(2026, 11, 20), 0),
    ],
)
def test_only_what_has_still_to_arrive_is_late(
    state: OrderState, expected_on: date | None, days: int
) -> None:
    order = an_order(a_customer(), state=state, expected_on=expected_on)

    assert order.days_late(date(2026, 11, 23)) == days
