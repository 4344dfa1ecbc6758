"""What a customer had begun when a person took over."""

from typing import Any

import pytest

from crm_store.forms.models import FIELDS, Form, FormKind, form_in

pytestmark = pytest.mark.unit


def frame(errand: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"errand": errand, "given": given, "heard": [], "misses": 0, "said": None, **more}


def test_what_was_left_open_goes_before_what_is_under_way() -> None:
    left = frame("action_return_item", {"order": "A-17"}, asked="line")
    slots = {"left_open": [left], "errands": [frame("action_complain", {})]}

    assert form_in(slots) == Form("action_return_item", {"order": "A-17"}, asked="line")


def test_the_newest_of_several_is_the_one() -> None:
    slots = {"errands": [frame("action_complain", {}), frame("action_cancel_order", {})]}

    form = form_in(slots)

    assert form is not None
    assert (form.title, form.kind) == ("cancel_order", FormKind.cancel_order)


@pytest.mark.parametrize("slots", [{}, {"errands": None}, {"left_open": []}])
def test_nothing_begun_is_no_form(slots: dict[str, Any]) -> None:
    assert form_in(slots) is None


def test_an_address_is_known_by_its_parts_wherever_they_were_asked() -> None:
    given = {"address": {"street": "Am Markt 1", "town": "Jena"}, "address_postcode": "07743"}

    form = form_in({"errands": [frame("action_change_address", given)]})

    assert form is not None
    assert form.given == {"street": "Am Markt 1", "town": "Jena", "postcode": "07743"}
    assert form.missing == ("country",)


def test_what_need_not_be_known_is_not_missing() -> None:
    form = Form("action_return_item", {"order": "A-17", "line": "R-1"})

    assert form.missing == ()


def test_of_any_other_form_what_was_asked_last_is_missing() -> None:
    assert Form("action_complain", {}, asked="text").missing == ("text",)
    assert Form("action_complain", {}, asked="yes").missing == ()
    assert Form("action_complain", {}).missing == ()


def test_every_form_that_can_be_finished_has_fields() -> None:
    assert set(FIELDS) == set(FormKind)
