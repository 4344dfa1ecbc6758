"""How long it takes until a person comes, as far as that is known."""

from datetime import timedelta

import pytest

from crm_store.handoffs.waiting import expected_minutes

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        ([], None),
        ([10, 20, 30, 40], None),
        ([10, 20, 30, 40, 50], 1),
        ([60, 61, 150, 400, 900], 3),
        ([120, 120, 120, 120, 120, 121], 2),
    ],
)
def test_it_is_the_middle_of_what_others_waited(seconds: list[int], minutes: int | None) -> None:
    assert expected_minutes([timedelta(seconds=one) for one in seconds]) == minutes
