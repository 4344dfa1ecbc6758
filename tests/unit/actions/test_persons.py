import pytest

from actions.persons import PersonName, name_in, name_within

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "given", "family"),
    [
        ("Maria Winter", "Maria", "Winter"),
        ("maria winter", "Maria", "Winter"),
        ("Ich heiße jetzt Maria Winter.", "Maria", "Winter"),
        ("Anna-Lena Müller-Lüdenscheidt", "Anna-Lena", "Müller-Lüdenscheidt"),
        ("Maria von der Leyen bitte", "Maria", "von der Leyen"),
        ("Vincent van Gogh", "Vincent", "van Gogh"),
        ("my new name is Jon O'Neill", "Jon", "O'Neill"),
        ("it's Ana Lucía Ruiz", "Ana Lucía", "Ruiz"),
        ("Dr. Amit Patel", "Amit", "Patel"),
        ("mein Nachname ist jetzt Winter", None, "Winter"),
        ("the surname should be MacDonald", None, "MacDonald"),
        ("my first name is Alex", "Alex", None),
        ("nicht Meier, sondern Maria Mayr", "Maria", "Mayr"),
        ("Maria Wynter, W Y N T E R", "Maria", "Wynter"),
        ("Anna M-E-Y-E-R", "Anna", "Meyer"),
        ("Anna M wie Martha E wie Emil Y wie Ypsilon E wie Emil R wie Richard", "Anna", "Meyer"),
        ("Ich heiße Anna Meier und bin umgezogen", "Anna", "Meier"),
    ],
)
def test_a_name_is_heard_in_an_answer(said: str, given: str | None, family: str | None) -> None:
    assert name_in(said) == PersonName(given, family)


@pytest.mark.parametrize("said", ["", "Winter", "123", "ja", "please", "?!", "no no no"])
def test_what_may_be_either_or_is_none_is_asked_again(said: str) -> None:
    assert name_in(said) is None


@pytest.mark.parametrize(
    ("said", "given", "family"),
    [
        ("change my name to Maria Winter please", "Maria", "Winter"),
        ("Bitte ändern Sie meinen Namen in Maria Winter", "Maria", "Winter"),
        ("I got married, my surname is Winter", None, "Winter"),
    ],
)
def test_a_name_is_heard_within_the_wish(said: str, given: str | None, family: str | None) -> None:
    assert name_within(said) == PersonName(given, family)


@pytest.mark.parametrize(
    "said", ["I got married and have a new name", "change my name", "mein Name hat sich geändert"]
)
def test_a_wish_without_a_name_gives_none(said: str) -> None:
    assert name_within(said) is None
