import pytest

from channels.phone.keys import (
    ChatCode,
    Chosen,
    Cleared,
    Digits,
    Expected,
    Keypad,
    Meaning,
    Person,
    meant,
)

pytestmark = pytest.mark.unit

ANYTHING = Expected()
A_CODE = Expected(number=True, code=True)
A_NUMBER = Expected(number=True)
TWO_CHOICES = Expected(choices=2)
AT_FIRST = Expected(may_join=True)
A_CHAT_CODE = Expected(number=True, may_join=True, joins=True)


def meanings(keys: str, expected: Expected) -> list[Meaning]:
    keypad = Keypad()
    return [meant for key in keys if (meant := keypad.press(key, expected)) is not None]


@pytest.mark.parametrize(
    ("keys", "expected", "meant"),
    [
        ("0", ANYTHING, [Person()]),
        ("0", TWO_CHOICES, [Person()]),
        ("2", TWO_CHOICES, [Chosen(1)]),
        ("3#", TWO_CHOICES, [Digits("3", secret=False)]),
        ("10482#", ANYTHING, [Digits("10482", secret=False)]),
        ("12*34#", ANYTHING, [Cleared(), Digits("34", secret=False)]),
        ("#*", ANYTHING, []),
        ("012345", A_CODE, [Digits("012345", secret=True)]),
        ("12#", A_CODE, [Digits("12", secret=True)]),
        ("030123#", A_NUMBER, [Digits("030123", secret=True)]),
        ("0#", A_NUMBER, [Person()]),
        ("4111111111111111#", ANYTHING, [Digits("4" + "1" * 15, secret=True)]),
        ("xA²", ANYTHING, []),
        ("4711#", AT_FIRST, [ChatCode("4711")]),
        ("471100#", AT_FIRST, [Digits("471100", secret=True)]),
        ("4711", A_CHAT_CODE, [ChatCode("4711")]),
    ],
)
def test_keys_mean_what_the_moment_makes_of_them(
    keys: str, expected: Expected, meant: list[Meaning]
) -> None:
    assert meanings(keys, expected) == meant


@pytest.mark.parametrize(
    ("keys", "expected", "meaning"),
    [
        ("", ANYTHING, None),
        ("0", ANYTHING, Person()),
        ("0", A_CODE, Person()),
        ("2", TWO_CHOICES, Chosen(1)),
        ("3", TWO_CHOICES, Digits("3", secret=False)),
        ("10482", TWO_CHOICES, Digits("10482", secret=False)),
        ("123*471100", A_CODE, Digits("471100", secret=True)),
        ("4711", A_CODE, Digits("4711", secret=True)),
        ("04711", ANYTHING, Digits("04711", secret=False)),
        ("1*2", TWO_CHOICES, Chosen(1)),
        ("12*", ANYTHING, Cleared()),
        ("*", ANYTHING, Cleared()),
        ("4111111111111111", ANYTHING, Digits("4" + "1" * 15, secret=True)),
    ],
)
def test_keys_that_come_together_mean_one_thing(
    keys: str, expected: Expected, meaning: Meaning | None
) -> None:
    assert meant(keys, expected) == meaning


def test_a_number_that_stays_unfinished_counts_after_a_while() -> None:
    keypad = Keypad()
    for key in "48":
        keypad.press(key, ANYTHING)

    assert keypad.collecting
    assert keypad.finish(ANYTHING) == Digits("48", secret=False)
    assert not keypad.collecting


def test_a_secret_number_is_shown_as_dots() -> None:
    assert Digits("471100", secret=True).shown == "••••••"
    assert Digits("48", secret=False).shown == "48"
