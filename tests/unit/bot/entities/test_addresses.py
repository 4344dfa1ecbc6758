import pytest

from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ana.ruiz@example.com", "ana.ruiz@example.com"),
        ("Ana.Ruiz@Example.com bitte", "ana.ruiz@example.com"),
        ("ana punkt ruiz at example punkt com", "ana.ruiz@example.com"),
        ("ana punkt ruiz ät example punkt com", "ana.ruiz@example.com"),
        ("ana dot ruiz at example dot com", "ana.ruiz@example.com"),
        ("ana dot ruiz at example dot co dot uk", "ana.ruiz@example.co.uk"),
        ("ana bindestrich ruiz at example punkt de", "ana-ruiz@example.de"),
        ("ana minus ruiz klammeraffe example punkt de", "ana-ruiz@example.de"),
        ("ana unterstrich ruiz at example punkt de", "ana_ruiz@example.de"),
        ("ana underscore ruiz at my dash shop dot com", "ana_ruiz@my-shop.com"),
        ("ana dash ruiz at example.com", "ana-ruiz@example.com"),
        ("ana punkt ruiz @ example . com", "ana.ruiz@example.com"),
        ("meine adresse ist ana92 at example punkt com", "ana92@example.com"),
        ("ana zweiundneunzig at example punkt com", "ana92@example.com"),
        ("ana nine two at example dot com", "ana92@example.com"),
        ("a n a at example dot com", "ana@example.com"),
        ("Anton Nordpol Anton at example punkt com", "ana@example.com"),
        ("it's ana at g m x dot de", "ana@gmx.de"),
    ],
)
def test_an_address_is_known_however_it_is_spoken(text: str, email: str) -> None:
    assert found(text) == [("email", email)]


@pytest.mark.parametrize(
    "text",
    [
        "meet me at example dot com",
        "I ordered it at example.com",
        "we are at home",
        "Punkt zwölf am Bahnhof",
        "ana at home",
        "at",
        "@",
    ],
)
def test_no_address_is_made_of_other_words(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "email"]
