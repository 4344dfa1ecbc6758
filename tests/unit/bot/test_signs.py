import pytest

from bot.signs import are_signs, meaning

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(
            ("👍", "affirm"),
            ("👍🏽👍🏽", "affirm"),
            ("✅!", "affirm"),
            ("👎", "deny"),
            ("❌", "deny"),
        ),
        *(("👍👎", None), ("😀", None), ("🙏🙏", None), ("...", None), ("!", None)),
    ],
)
def test_a_thumb_is_an_answer_and_a_face_is_none(text: str, intent: str | None) -> None:
    assert are_signs(text)
    assert meaning(text) == intent


@pytest.mark.parametrize("text", ["ja 👍", "5", "A-17!", "ß", ""])
def test_with_a_letter_or_a_figure_it_is_more_than_signs(text: str) -> None:
    assert not are_signs(text)
