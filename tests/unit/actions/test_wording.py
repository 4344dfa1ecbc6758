import re
from pathlib import Path

import pytest

import actions
from actions.wording import MissingWording, wording
from crm_store.base import Language
from crm_store.conversations.models import Channel
from tests.builders import the_domain

pytestmark = pytest.mark.unit

DOMAIN = {
    "responses": {
        "utter_hi": [
            {"text": "Hallo {name}", "condition": [{"name": "language", "value": "de"}]},
            {
                "text": "Hallo am Telefon",
                "condition": [{"name": "language", "value": "de"}],
                "channel": "phone",
            },
        ]
    }
}


@pytest.mark.parametrize(
    ("channel", "text"), [(Channel.chat, "Hallo Ana"), (Channel.phone, "Hallo am Telefon")]
)
def test_takes_the_words_of_the_channel(channel: Channel, text: str) -> None:
    assert wording(DOMAIN, "utter_hi", Language.de, channel=channel, name="Ana") == text


def test_does_not_look_into_what_it_fills_in() -> None:
    said = wording(DOMAIN, "utter_hi", Language.de, name="{name}")

    assert said == "Hallo {name}"


@pytest.mark.parametrize(
    ("response", "language"), [("utter_hi", Language.en), ("utter_bye", Language.de)]
)
def test_never_says_the_wrong_thing_instead(response: str, language: Language) -> None:
    with pytest.raises(MissingWording):
        wording(DOMAIN, response, language)


def test_every_response_that_an_action_names_is_in_the_domain_in_both_languages() -> None:
    files = Path(actions.__path__[0]).glob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    # Rasa keeps the name of what was uttered under a key of its own.
    named = set(re.findall(r'"(utter_\w*[a-z])"', code)) - {"utter_action"}

    assert len(named) > 30
    for response in named:
        for language in Language:
            for channel in Channel:
                assert wording(the_domain(), response, language, channel=channel)
