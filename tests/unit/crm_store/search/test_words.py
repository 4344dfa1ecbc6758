import pytest

from crm_store.search.words import parted

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Rigol", ("", "Rigol:*")),
        ("wo ist Rigol", ("wo ist ", "Rigol:*")),
        ("Bestellung ab", ("Bestellung ab", "")),
        ('"genau so"', ('"genau so"', "")),
        ("Karton -leer", ("Karton -leer", "")),
        ("vinyl or schallplatte", ("vinyl or schallplatte", "")),
        ("danke!", ("danke!", "")),
    ],
)
def test_the_last_word_may_still_be_being_typed(words: str, parts: tuple[str, str]) -> None:
    assert parted(words) == parts
