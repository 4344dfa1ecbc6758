import pytest

from crm_store.canned.places import filled, require_known
from crm_store.errors import UnknownPlace

pytestmark = pytest.mark.unit


def test_places_with_a_value_are_filled_and_others_stay() -> None:
    said = filled("Guten Tag {customer}, hier ist {agent}.", {"agent": "Mia"})

    assert said == "Guten Tag {customer}, hier ist Mia."


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("{customer}", {"customer": "{shop}", "shop": "Belcanto"}) == "{shop}"


def test_a_place_that_nobody_could_fill_is_refused() -> None:
    require_known("Guten Tag {customer}, {order} ist da {agent} {shop}")

    with pytest.raises(UnknownPlace):
        require_known("Guten Tag {password}")
