import pytest

from actions.hollow import says_what

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "Your driver was extremely rude",
        "I've written three times and got no answer",
        "Seit Wochen antwortet mir niemand",
        "Ihr Verkäufer in der Filiale hat mich einfach stehen lassen",
        "Die Verpackung war völlig übertrieben, so viel Plastik",
    ],
)
def test_whoever_says_what_happened_is_not_asked(text: str) -> None:
    assert says_what(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to complain",
        "This is a disgrace!",
        "I'm very unhappy with your service",
        "Where can I make a complaint?",
        "Ich möchte mich beschweren",
        "Das ist eine Frechheit",
        "Ich bin maßlos enttäuscht",
        "Ich möchte eine formelle Beschwerde gegen Ihr Unternehmen einreichen",
        "",
    ],
)
def test_anger_alone_says_nothing(text: str) -> None:
    assert not says_what(text)
