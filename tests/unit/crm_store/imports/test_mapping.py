from pathlib import Path

import pytest

from crm_store.customers.addresses import PostalAddress
from crm_store.imports.mapping import UnknownMapping, mapping_named, mapping_names
from crm_store.imports.reading import Record
from crm_store.imports.rows import CustomerRow, OrderRow, ProductRow

pytestmark = pytest.mark.unit


def test_each_variant_of_a_product_becomes_a_product() -> None:
    shirt = {
        "name": "T-Shirt",
        "variants": {
            "1": {
                "item_id": "1",
                "options": {"color": "blue", "size": "M"},
                "available": True,
                "price": 50.88,
            },
            "2": {"item_id": "2", "options": {"color": "red"}, "available": False, "price": 46.0},
        },
    }

    rows = [
        ProductRow.model_validate(row)
        for row in mapping_named("tau-retail", "products").apply(Record(1, "9", shirt))
    ]

    assert [(row.sku, row.title_en, row.stock) for row in rows] == [
        ("1", "T-Shirt, blue, M", 25),
        ("2", "T-Shirt, red", 0),
    ]
    assert rows[0].description_en == "color: blue; size: M"


def test_a_customer_without_a_phone_is_taken() -> None:
    noah = {"name": {"first_name": "Noah", "last_name": "Brown"}, "email": "Noah@Example.com"}

    (row,) = mapping_named("tau-retail", "customers").apply(Record(1, "noah_1", noah))
    customer = CustomerRow.model_validate(row)

    assert (customer.number, customer.email, customer.phone) == ("noah_1", "noah@example.com", None)


def test_another_shop_s_address_is_written_as_ours() -> None:
    noah = {
        "name": {"first_name": "Noah", "last_name": "Brown"},
        "address": {
            "address1": "12 Sample Drive",
            "address2": "",
            "city": "Springfield",
            "state": "IL",
            "zip": "62701",
            "country": "USA",
        },
    }

    (row,) = mapping_named("tau-retail", "customers").apply(Record(1, "noah_1", noah))

    assert CustomerRow.model_validate(row).place == PostalAddress(
        "12 Sample Drive", "62701", "Springfield, IL", "US"
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [("pending", "placed"), ("processed", "shipped"), ("return requested", "delivered")],
)
def test_another_shop_s_states_become_ours(status: str, state: str) -> None:
    order = {
        "order_id": "#W1",
        "user_id": "noah_1",
        "items": [{"name": "Lamp", "item_id": "7", "price": 12.5}],
        "fulfillments": [],
        "status": status,
    }

    (row,) = mapping_named("tau-retail", "orders").apply(Record(1, "#W1", order))
    taken = OrderRow.model_validate(row)

    assert (taken.number, taken.state, taken.tracking) == ("W1", state, None)


@pytest.mark.parametrize(
    ("subtitle", "genre", "expected"),
    [("Opera", "Stage", "opera"), ("", "Stage", "stage"), ("Ballet", "Stage", "ballet")],
)
def test_a_work_is_given_its_genre(subtitle: str, genre: str, expected: str) -> None:
    work = {
        "id": "oo1",
        "composer": "Giuseppe Verdi",
        "epoch": "Late Romantic",
        "title": "Aida",
        "subtitle": subtitle,
        "genre": genre,
        "recommended": True,
    }

    (row,) = mapping_named("openopus", "products").apply(Record(1, None, work))

    assert ProductRow.model_validate(row).genre == expected
    assert (row["era"], row["title_en"], row["subjects"]) == ("romantic", "Aida", ["essential"])


def test_a_shop_s_own_mapping_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('[customers.columns]\nnumber = "row.id"\n', encoding="utf-8")

    (row,) = mapping_named(str(file), "customers").apply(Record(1, None, {"id": "7"}))

    assert row == {"number": "7"}


@pytest.mark.parametrize("name", ["nowhere", "openopus"])
def test_a_mapping_that_says_nothing_is_refused(name: str) -> None:
    with pytest.raises(UnknownMapping):
        mapping_named(name, "orders")


def test_the_mappings_that_come_along_are_listed() -> None:
    assert mapping_names() == ["openopus", "tau-retail"]
