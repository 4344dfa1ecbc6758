import unicodedata
from collections import defaultdict
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.phone.speech import speakable, spoken
from channels.phone.wording import sentences
from crm_store.base import Json, Language
from crm_store.conversations.models import Author, Message

pytestmark = pytest.mark.unit

MOST_WORDS = 25
TRICKY = (
    st.text(alphabet=st.sampled_from("aw. :/*_<>[]()`#~|htps📦🎭\u200d\ufe0f\u00ad")) | st.text()
)


def a_message(text: str, *choices: Json) -> Message:
    return Message(
        conversation_id=uuid4(), seq=2, author=Author.bot, text=text, choices=list(choices)
    )


def choice(title: str, intent: str) -> Json:
    return {"title": title, "intent": intent, "entities": {}}


@given(TRICKY)
def test_no_markup_address_or_picture_is_ever_spoken(text: str) -> None:
    said = speakable(text)

    assert "://" not in said
    assert not any(word.lower().startswith("www.") for word in said.split())
    assert not set("*_`#~|<>[]{}\\") & set(said)
    assert not any(unicodedata.category(letter) in {"So", "Cf", "Cc", "Cn"} for letter in said)


@given(TRICKY)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert speakable(speakable(text)) == speakable(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Das kostet 19,90 €.", "Das kostet 19,90 €."),
        ("Mehr **hier**: https://example.org/a?b=1 !", "Mehr hier: !"),
        ("Siehe [unsere Seite](https://example.org).", "Siehe unsere Seite."),
        ("Schöne Grüße 👋🏽 aus Zürich", "Schöne Grüße aus Zürich"),
        ("<speak>Hallo</speak>", "Hallo"),
    ],
)
def test_words_are_kept_and_the_rest_is_not(text: str, said: str) -> None:
    assert speakable(text) == said


def test_answers_on_offer_are_named() -> None:
    message = a_message(
        "Gefällt Ihnen das?",
        choice("Mehr davon", "more_like_this"),
        choice("Etwas anderes", "something_else"),
        choice("Nein, danke", "deny"),
    )

    assert spoken(message, Language.de) == (
        "Gefällt Ihnen das? Sie können sagen: Mehr davon, Etwas anderes oder Nein, danke."
    )


@pytest.mark.parametrize("yes", ["affirm", "ask_person"])
def test_nobody_is_told_that_they_may_say_yes_or_no(yes: str) -> None:
    message = a_message("Shall I?", choice("Yes, please", yes), choice("No, thanks", "deny"))

    assert spoken(message, Language.en) == "Shall I?"


def test_both_languages_have_every_sentence() -> None:
    german, english = (sentences(language) for language in Language)

    assert german.keys() == english.keys()


@pytest.mark.parametrize("language", list(Language))
def test_what_the_line_says_can_be_spoken(language: Language) -> None:
    for name, sentence in sentences(language).items():
        said = sentence.format_map(defaultdict(lambda: "Ana"))
        assert speakable(said) == said, name
        longest = max(len(part.split()) for part in said.split(". "))
        assert longest <= MOST_WORDS, name
