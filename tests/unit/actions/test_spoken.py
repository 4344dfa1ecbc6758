import pytest

from crm_store.spoken import code_in, with_digits

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "said",
    [
        "123456",
        "123 456",
        "12-34-56",
        "Der Code ist 1 2 3 4 5 6.",
        "eins zwei drei vier fünf sechs",
        "it's one two three, four five six",
        "eins zwo drei 4 5 6",
    ],
)
def test_hears_a_code_however_it_is_said(said: str) -> None:
    assert code_in(said, digits=6) == "123456"


@pytest.mark.parametrize("said", ["12345", "1234567", "no idea", "", "+49 171 3920017"])
def test_takes_nothing_else_for_a_code(said: str) -> None:
    assert code_in(said, digits=6) is None


def test_leaves_small_words_alone() -> None:
    assert with_digits("ich habe ein Problem") == "ich habe ein Problem"
