import pytest

from actions.slower import pieces

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One moment. All right?", ["One moment.", "All right?"]),
        ("Short, and sweet.", ["Short, and sweet."]),
        (
            "It left on Monday, it arrives on Friday, and it comes by courier.",
            ["It left on Monday,", "it arrives on Friday,", "and it comes by courier."],
        ),
        ("It costs 3.90 EUR: is that right?", ["It costs 3.90 EUR:", "is that right?"]),
        ("", []),
    ],
)
def test_words_are_said_piece_by_piece(text: str, said: list[str]) -> None:
    assert list(pieces(text)) == said
