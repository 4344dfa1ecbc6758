import pytest

from crm_store.base import Language
from crm_store.canned.models import CannedReply
from crm_store.canned.ranking import fitting

pytestmark = pytest.mark.unit

REPLIES = [
    CannedReply(name="danke", de="Vielen Dank für Ihre Geduld.", en="Thank you for waiting."),
    CannedReply(name="einen-moment", de="Einen Moment, ich sehe nach.", en="I am looking it up."),
    CannedReply(name="gruss", de="Guten Tag {customer}.", en="Good day {customer}."),
    CannedReply(name="mangel", de="Das tut mir leid.", en="I am sorry about that."),
]


def names(typed: str, language: Language = Language.de) -> list[str]:
    return [reply.name for reply in fitting(typed, REPLIES, language)]


def test_with_nothing_typed_there_are_all() -> None:
    assert names("") == ["danke", "einen-moment", "gruss", "mangel"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("da", "danke"),
        ("m", "mangel"),
        ("moment", "einen-moment"),
        ("monent", "einen-moment"),
        ("grus", "gruss"),
        ("geduld", "danke"),
    ],
)
def test_the_likeliest_comes_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_the_words_that_count_are_those_of_the_language() -> None:
    assert names("sorry", Language.en) == ["mangel"]
    assert "mangel" not in names("sorry", Language.de)


def test_what_is_like_nothing_finds_nothing() -> None:
    assert names("xylophon") == []
