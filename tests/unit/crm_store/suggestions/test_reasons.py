import string
import tomllib
from importlib.resources import files

import pytest

from crm_store.base import Language
from crm_store.suggestions.reasons import Link, Reason, wordings

pytestmark = pytest.mark.unit

MOST_WORDS = 12
"""On the phone a longer reason is not listened to."""


def test_every_link_is_worded_in_every_language_and_no_other() -> None:
    written = tomllib.loads(
        files("crm_store.suggestions").joinpath("reasons.toml").read_text("utf-8")
    )

    assert set(written) == {link.value for link in Link}
    assert all(set(said) == {lang.value for lang in Language} for said in written.values())


@pytest.mark.parametrize("link", list(Link))
def test_both_languages_speak_of_the_same_things(link: Link) -> None:
    spoken = {_fields(wordings()[link][language]) for language in Language}

    assert len(spoken) == 1


@pytest.mark.parametrize(
    ("reason", "english", "german"),
    [
        (
            Reason.of_creator("Giuseppe Verdi"),
            "because you like Giuseppe Verdi",
            "weil Sie Giuseppe Verdi mögen",
        ),
        (Reason.of_genre("opera"), "because you like operas", "weil Sie Opern mögen"),
        (Reason.of_country("IT"), "on the theme of Italy", "passt zum Thema Italien"),
        (Reason.of_name("Venice"), "on the theme of Venice", "passt zum Thema Venedig"),
        (Reason.of_wish(), "fits what you asked for", "passt zu Ihrem Wunsch"),
        (
            Reason.of_creator("Giuseppe Verdi").beside("Milan", "IT"),
            "to go with Giuseppe Verdi: Milan",
            "passend zu Giuseppe Verdi: Mailand",
        ),
        (Reason.of_country("IT").beside(None, "IT"), "to go with Italy", "passend zu Italien"),
        (Reason.of_wish().beside(None, None), "fits what you asked for", "passt zu Ihrem Wunsch"),
    ],
)
def test_a_reason_reads_well_in_both_languages(reason: Reason, english: str, german: str) -> None:
    assert (reason.said(Language.en), reason.said(Language.de)) == (english, german)
    assert len(german.split()) <= MOST_WORDS


def test_a_genre_that_is_not_listed_is_called_by_its_key() -> None:
    assert Reason.of_genre("zarzuela").said(Language.de) == "weil Sie zarzuela mögen"


def test_the_facts_are_kept_in_both_languages() -> None:
    assert Reason.of_country("IT").as_json() == {
        "link": "theme",
        "about": {"de": "Italien", "en": "Italy"},
    }


def _fields(wording: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(wording) if name)
