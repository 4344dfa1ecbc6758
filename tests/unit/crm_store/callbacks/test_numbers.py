import pytest

from crm_store.callbacks.numbers import callable_number, masked, written
from crm_store.errors import NumberNotCallable

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "spoken", ["+491713920017", "0171 3920017", "0171/392 00 17", "0049 171 3920017"]
)
def test_a_number_is_kept_in_one_way(spoken: str) -> None:
    assert callable_number(spoken, region="DE") == "+491713920017"


@pytest.mark.parametrize(
    "spoken",
    [
        "17",
        "nothing at all",
        "0900 3123456",  # dear to whoever calls it
        "110",
    ],
)
def test_what_nobody_may_call_is_refused(spoken: str) -> None:
    with pytest.raises(NumberNotCallable):
        callable_number(spoken, region="DE")


def test_a_number_on_file_is_shown_by_its_end_alone() -> None:
    assert masked("+491713920017") == "+49 … 17"


def test_a_number_is_written_in_groups() -> None:
    assert written("+491713920017") == "+49 171 3920017"
