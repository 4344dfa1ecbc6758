import pytest

from channels.desk.edge import RULES
from channels.desk.entry import cookie_name
from channels.desk.oidc.routes import OIDC_RULES
from channels.desk.show_suggestions import reason_in
from channels.settings import ChannelSettings
from channels.wording import language_of, wording
from crm_store.base import Language
from crm_store.errors import StoreError

pytestmark = pytest.mark.unit


def settings(public_url: str) -> ChannelSettings:
    return ChannelSettings.model_validate(
        {
            "database_url": "postgresql://nowhere",
            "rapport_secret": "secret",
            "rapport_public_url": public_url,
        }
    )


def test_every_refusal_has_words_in_every_language() -> None:
    rules = {rule for _, _, rule in RULES} | OIDC_RULES

    for language in Language:
        assert set(wording("channels.desk")[language]) == rules
        assert all(wording("channels.desk")[language].values())


def test_every_refusal_of_the_store_is_caught() -> None:
    caught = tuple(error for error, _, _ in RULES)

    assert StoreError in caught


def test_a_special_refusal_stands_before_its_general() -> None:
    errors = [error for error, _, _ in RULES]

    for place, error in enumerate(errors):
        assert not any(issubclass(error, earlier) for earlier in errors[:place])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", Language.de),
        ("en-GB,en;q=0.9,de;q=0.8", Language.en),
        ("fr-FR,fr;q=0.9,en;q=0.8", Language.en),
        ("fr", Language.de),
        ("", Language.de),
        (";,;q=,,", Language.de),
    ],
)
def test_speaks_the_first_language_that_it_can(accepted: str, language: Language) -> None:
    assert language_of(accepted) is language


def test_under_https_the_browser_itself_guards_the_cookie() -> None:
    assert cookie_name(settings("https://desk.example")) == "__Host-rapport-desk"
    assert cookie_name(settings("http://127.0.0.1:8000")) == "rapport-desk"


def test_a_reason_is_read_in_the_conversations_language() -> None:
    reason = {"link": "creator", "about": {"de": "Verdi", "en": "Verdi"}}

    assert reason_in(reason, Language.de) == "weil Sie Verdi mögen"
    assert reason_in(reason, Language.en) == "because you like Verdi"
