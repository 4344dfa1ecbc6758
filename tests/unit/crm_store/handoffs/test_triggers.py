"""Which rule of the shop's a message sets off."""

import pytest

from crm_store.handoffs.models import Reason
from crm_store.handoffs.triggers import trigger_in
from crm_store.strategy.escalation import Deed, Deeds
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

POLICY = policies({}).escalation


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dann hören Sie von meinem Anwalt", Reason.legal),
        ("Ich werde einen Anwalt einschalten", Reason.legal),
        ("Ich werde meinen Anwalt wohl leider doch einschalten", Reason.legal),
        ("I will take you to court", Reason.legal),
        ("you’ll hear from my lawyer", Reason.legal),
        ("Ich gehe damit an die Presse!", Reason.press),
        ("I am a journalist and have a question", Reason.press),
        ("Mein Mann ist gestorben, was wird aus der Bestellung?", Reason.vulnerable),
        ("I am blind and cannot find the button", Reason.vulnerable),
        ("My wife died and I go to the press", Reason.vulnerable),
        ("Eine Frechheit, inakzeptabel", Reason.angry),
    ],
)
def test_a_rule_is_set_off(text: str, reason: Reason) -> None:
    trigger = trigger_in(text, (), POLICY)

    assert trigger is not None
    assert (trigger.reason, trigger.does) == (reason, getattr(POLICY.does, reason))
    assert trigger.signs


@pytest.mark.parametrize(
    "text",
    [
        "Haben Sie Trial by Jury von Gilbert und Sullivan?",
        "Ein Geschenk für meinen Anwalt, er mag Verdi",
        "a present for my lawyer",
        "I need it for my husband, he is blind to opera",
        "Der Pressesprecher von Köln, eine Biografie?",
        "When does the article come back?",
        "Ich wohne in der Anwaltsgasse 3",
        "Mann, ist das schön gestorben in der letzten Szene",
    ],
)
def test_other_words_set_off_nothing(text: str) -> None:
    assert trigger_in(text, (), POLICY) is None


def test_a_rule_that_is_off_is_silent() -> None:
    off = Deeds.model_validate(POLICY.does.model_dump() | {"legal": "off"})

    assert trigger_in("verklagen", (), POLICY.model_copy(update={"does": off})) is None
    assert POLICY.does.legal is Deed.pass_on
