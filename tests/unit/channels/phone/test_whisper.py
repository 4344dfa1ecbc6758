"""What an agent is told before they speak with a caller."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.phone.whisper import whispered
from crm_store.base import Language
from crm_store.customers.models import Level
from crm_store.handoffs.models import Reason
from crm_store.legs.brief import Brief

pytestmark = pytest.mark.unit

WORDS_OF_TEN_SECONDS = 32
BRIEF = Brief(
    language=Language.de,
    name="Ana Ruiz",
    level=Level.verified,
    reason=Reason.asked,
    words="Meine Bestellung A-17 soll an eine ganz andere Adresse in Bremen gehen",
    note="Wollte die Lieferadresse ändern: A-17.",
    waited=timedelta(minutes=2),
)


def test_the_frame_is_in_the_agents_language_and_the_quotes_in_the_callers() -> None:
    assert whispered(BRIEF, Language.en) == [
        (Language.en, "Call from Ana Ruiz, verified."),
        (Language.en, "Wants a person."),
        (Language.en, "Said last:"),
        (Language.de, "Meine Bestellung A-17 soll an eine ganz …"),
        (Language.en, "So far:"),
        (Language.de, "Wollte die Lieferadresse ändern: A-17."),
    ]


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", list(Language))
def test_it_takes_some_ten_seconds(language: Language, reason: Reason) -> None:
    told = whispered(replace(BRIEF, reason=reason, note=BRIEF.words), language)

    assert sum(len(words.split()) for _, words in told) <= WORDS_OF_TEN_SECONDS


@pytest.mark.parametrize(
    ("brief", "who"),
    [
        (replace(BRIEF, level=Level.claimed), "Call from Ana Ruiz, not verified."),
        (replace(BRIEF, level=Level.anonymous), "Call from somebody unknown."),
        (replace(BRIEF, name=None), "Call from somebody unknown."),
    ],
)
def test_nobody_is_called_somebody_they_may_not_be(brief: Brief, who: str) -> None:
    assert whispered(brief, Language.en)[0] == (Language.en, who)


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    bare = Brief(Language.en, None, Level.anonymous, None, "", "", timedelta(0))

    assert whispered(bare, Language.de) == [(Language.de, "Anruf von jemand Unbekanntem.")]
