"""The demo shop's files agree with each other and with what they claim."""

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import phonenumbers
import pytest

from crm_store.base import Language
from crm_store.catalogue.models import ProductKind
from crm_store.demo.content import Row, customers, orders, products
from crm_store.orders.models import OrderState
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 23)
TEXTS = {"title_de", "title_en", "description_de", "description_en"}
FACETS = {"kind", "format", "creator", "genre", "era", "country", "city", "subjects"}
PRODUCT_COLUMNS = {"sku", "price", "currency", "stock", "image"} | FACETS | TEXTS
# Ranges that the regulators keep free for films and plays.
FICTION = re.compile(r"\+447700900\d{3}|\+1\d{3}55501\d{2}|\+493023125\d{3}|\+4917139200\d{2}")


@pytest.fixture(scope="module")
def shelf() -> dict[str, Row]:
    return {product["sku"]: product for product in products()}


@pytest.fixture(scope="module")
def people() -> dict[str, Row]:
    return {customer["number"]: customer for customer in customers()}


@pytest.fixture(scope="module")
def bought() -> dict[str, Row]:
    return {order["number"]: order for order in orders(TODAY)}


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_every_product_has_a_number_of_its_own(shelf: dict[str, Row]) -> None:
    assert len(shelf) == sum(1 for _ in products())


def test_every_product_has_exactly_the_columns_of_the_import_format() -> None:
    assert all(set(product) == PRODUCT_COLUMNS for product in products())


@pytest.mark.parametrize("column", ["title", "description"])
def test_every_product_speaks_both_languages(column: str) -> None:
    for product in products():
        texts = [product[f"{column}_{language}"] for language in Language]

        assert all(text == text.strip() and text for text in texts), product["sku"]


def test_no_two_products_are_described_alike() -> None:
    for language in Language:
        told = Counter(product[f"description_{language}"] for product in products())

        assert max(told.values()) == 1


def test_german_descriptions_are_not_the_english_ones() -> None:
    assert all(p["description_de"] != p["description_en"] for p in products())


@pytest.mark.parametrize(
    ("kind", "least"),
    [("recording", 200), ("score", 25), ("book", 45), ("travel_guide", 40), ("film", 20)],
)
def test_the_shelves_are_filled(kind: str, least: int) -> None:
    assert sum(product["kind"] == kind for product in products()) >= least


def test_every_kind_and_country_is_one_that_the_shop_knows() -> None:
    for product in products():
        assert product["kind"] in set(ProductKind)
        assert product["country"] is None or re.fullmatch(r"[A-Z]{2}", product["country"])


def test_products_are_spread_over_composers_eras_and_places() -> None:
    shelf = list(products())

    assert len({product["creator"] for product in shelf}) >= 60
    assert len({product["country"] for product in shelf}) >= 14
    assert len({product["era"] for product in shelf}) >= 6


def test_every_product_has_a_price_and_subjects_without_repetition() -> None:
    for product in products():
        assert Decimal(product["price"]) > 0, product["sku"]
        assert product["currency"] == "EUR"
        assert len(product["subjects"]) == len(set(product["subjects"])) >= 2, product["sku"]


def test_some_products_are_sold_out_and_most_are_not() -> None:
    stock = [product["stock"] for product in products()]

    assert all(0 <= count <= 60 for count in stock)
    assert 10 <= stock.count(0) <= 40


@pytest.mark.parametrize("place", ["Parma", "Milan", "Venice", "Vienna", "Bayreuth", "Seville"])
def test_a_place_with_a_guide_is_met_elsewhere_on_the_shelves(place: str) -> None:
    kinds = {p["kind"] for p in products() if place in [p["city"], *p["subjects"]]}

    assert "travel_guide" in kinds
    assert len(kinds) >= 3


def test_customers_have_numbers_and_addresses_of_their_own(people: dict[str, Row]) -> None:
    assert len(people) == 24
    for column in ("email", "phone"):
        assert len({person[column] for person in people.values()}) == len(people)


def test_customers_can_be_reached_only_in_fiction() -> None:
    for person in customers():
        assert re.fullmatch(r"[a-z.]+@example\.(com|de|org)", person["email"])
        assert FICTION.fullmatch(person["phone"]), person["number"]
        assert phonenumbers.is_possible_number(phonenumbers.parse(person["phone"]))


def test_customers_live_in_a_place_of_their_own_where_the_shop_delivers() -> None:
    delivered_to = policies({}).delivery.countries
    homes = {(p["street"], p["postcode"], p["town"], p["country"]) for p in customers()}

    assert len(homes) == 24
    assert {country for *_, country in homes} <= set(delivered_to)


def test_half_of_the_customers_speak_each_language() -> None:
    spoken = Counter(person["language"] for person in customers())

    assert spoken == {"de": 12, "en": 12}


def test_every_order_is_of_a_known_customer_who_was_one_by_then(
    people: dict[str, Row], bought: dict[str, Row]
) -> None:
    assert {order["customer"] for order in bought.values()} == set(people)
    for order in bought.values():
        since = datetime.fromisoformat(people[order["customer"]]["since"])

        assert datetime.fromisoformat(order["placed_at"]) >= since, order["number"]


def test_every_order_has_a_number_of_its_own(bought: dict[str, Row]) -> None:
    assert len(bought) == sum(1 for _ in orders(TODAY)) >= 90


def test_every_line_is_a_product_at_its_price_in_the_customers_language(
    shelf: dict[str, Row], people: dict[str, Row], bought: dict[str, Row]
) -> None:
    for order in bought.values():
        language = people[order["customer"]]["language"]
        assert order["lines"], order["number"]
        for line in order["lines"]:
            product = shelf[line["sku"]]

            assert line["title"] == product[f"title_{language}"]
            assert line["price"] == product["price"]
            assert line["quantity"] >= 1


def test_the_dates_of_an_order_agree_with_its_state(bought: dict[str, Row]) -> None:
    for order in bought.values():
        placed, shipped, delivered = (
            moment(order[column]) for column in ("placed_at", "shipped_at", "delivered_at")
        )
        state = OrderState(order["state"])

        assert placed is not None
        assert placed.date() < TODAY
        assert (shipped is not None) == (state not in {OrderState.placed, OrderState.cancelled})
        assert (delivered is not None) == (state in {OrderState.delivered, OrderState.returned})
        assert shipped is None or placed < shipped
        assert delivered is None or (shipped is not None and shipped < delivered)
        assert (order["tracking"] is None) == (shipped is None)
        assert (order["carrier"] is None) == (shipped is None)


def test_what_is_on_its_way_is_expected_from_today_on(bought: dict[str, Row]) -> None:
    open_orders = [o for o in bought.values() if o["state"] in {"placed", "shipped"}]

    assert len(open_orders) >= 10
    assert all(date.fromisoformat(order["expected_on"]) > TODAY for order in open_orders)


def test_nobody_buys_the_same_product_twice_unless_the_first_order_was_cancelled() -> None:
    kept = Counter(
        (order["customer"], line["sku"])
        for order in orders(TODAY)
        if order["state"] != "cancelled"
        for line in order["lines"]
    )

    assert max(kept.values()) == 1


@pytest.mark.parametrize(
    ("name", "number", "phone", "shipped", "open_"),
    [
        ("Ana Ruiz", "C-1001", "+447700900017", "A-17", "A-21"),
        ("Jonas Weber", "C-1002", "+491713920017", "A-18", "A-22"),
    ],
)
def test_the_two_people_of_the_tour_are_there(
    people: dict[str, Row],
    bought: dict[str, Row],
    name: str,
    number: str,
    phone: str,
    shipped: str,
    open_: str,
) -> None:
    person = people[number]

    assert f"{person['given_name']} {person['family_name']}" == name
    assert person["phone"] == phone
    assert (bought[shipped]["customer"], bought[shipped]["state"]) == (number, "shipped")
    assert (bought[open_]["customer"], bought[open_]["state"]) == (number, "placed")


def test_the_content_is_the_same_every_time() -> None:
    assert list(orders(TODAY)) == list(orders(TODAY))
    assert list(products()) == list(products())
