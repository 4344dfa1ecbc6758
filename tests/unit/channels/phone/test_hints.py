import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.phone.hints import LONGEST, MOST, attribute

pytestmark = pytest.mark.unit


@given(st.lists(st.text(max_size=LONGEST + 20), max_size=MOST + 20))
def test_hints_stay_within_what_twilio_takes(words: list[str]) -> None:
    hints = attribute(words).split(",")

    assert len(hints) <= MOST
    assert all(len(hint) <= LONGEST for hint in hints)
    assert len(set(hints)) == len(hints)


def test_a_name_with_a_comma_is_one_hint() -> None:
    assert attribute(["Verdi, Giuseppe", " A-17", "A-17"]) == "Verdi Giuseppe,A-17"
