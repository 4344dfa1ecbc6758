from datetime import datetime

import pytest

from actions.formats import spell_moment, spell_spoken_email, spell_week
from crm_store.base import Language
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "minute", "said"),
    [
        (Language.de, 0, "Mittwoch, 25. November, 13 Uhr"),
        (Language.de, 30, "Mittwoch, 25. November, 13:30 Uhr"),
        (Language.en, 0, "Wednesday 25 November, 1 pm"),
        (Language.en, 30, "Wednesday 25 November, 1:30 pm"),
    ],
)
def test_a_moment_is_said_as_people_say_it(language: Language, minute: int, said: str) -> None:
    moment = datetime(2026, 11, 25, 13, minute)  # noqa: DTZ001 - what a clock on the wall shows

    assert spell_moment(moment, language) == said


def test_days_with_the_same_hours_are_told_together() -> None:
    hours = policies({}).shop.hours

    assert spell_week(hours, Language.de) == (
        "Mo.–Mi. 09:00–18:00, Do. 09:00–20:00, Fr. 09:00–18:00, Sa. 10:00–14:00"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.de, "service ät belcanto Punkt example"),
        (Language.en, "service at belcanto dot example"),
    ],
)
def test_an_address_is_read_aloud_in_words(language: Language, said: str) -> None:
    assert spell_spoken_email("service@belcanto.example", language) == said
