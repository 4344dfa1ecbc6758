import pytest

from bot.learning.language import is_german

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", ["Wo ist mein Paket?", "Ich möchte zurück", "Größe", "wie bitte"])
def test_knows_german(text: str) -> None:
    assert is_german(text)


@pytest.mark.parametrize("text", ["Where is my parcel?", "I was in Wien", "A-17", "go back please"])
def test_everything_else_is_taken_for_english(text: str) -> None:
    assert not is_german(text)
