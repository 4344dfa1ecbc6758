from dataclasses import replace

import pytest

from channels.phone.steps import Standing, Step, Then, next_step, taken_over
from channels.phone.wording import say
from crm_store.base import Language
from crm_store.conversations.models import Handler

pytestmark = pytest.mark.unit

QUESTION = "Wie lautet der Code?"
ASKED = Standing(
    handler=Handler.bot,
    language=Language.de,
    owed=False,
    news=(),
    quiet=0,
    impatient=False,
    question=QUESTION,
)
THINKING = replace(ASKED, owed=True)


def german(sentence: str) -> str:
    return say(sentence, Language.de)


def test_news_are_told_and_the_caller_may_answer() -> None:
    told = replace(ASKED, news=("Eins.", "Zwei."), quiet=2)

    assert next_step(told) == Step(Then.listen, ("Eins.", "Zwei."))


def test_an_assistant_who_says_more_is_waited_for() -> None:
    assert next_step(replace(THINKING, news=("Eins.",))).then is Then.wait


@pytest.mark.parametrize("quiet", range(5))
def test_a_caller_who_waits_for_an_answer_always_hears_something(quiet: int) -> None:
    step = next_step(replace(THINKING, quiet=quiet))

    assert step.then is Then.wait
    assert step.words == (german("still_thinking" if quiet else "one_moment"),)


def test_silence_is_asked_into_twice_and_then_left() -> None:
    steps = [next_step(replace(ASKED, quiet=quiet)) for quiet in range(3)]

    assert [step.then for step in steps] == [Then.listen, Then.listen, Then.hang_up]
    assert [step.words for step in steps] == [
        (german("not_heard"), QUESTION),
        (german("still_there"),),
        (german("gone_quiet"),),
    ]


@pytest.mark.parametrize("handler", [Handler.queue, Handler.agent])
def test_silence_with_a_person_is_no_reason_to_hang_up(handler: Handler) -> None:
    step = next_step(replace(ASKED, handler=handler, quiet=9))

    assert (step.then, step.words, step.quiet) == (Then.look_again, (), 0)


def test_whoever_waits_for_a_person_is_reassured_now_and_then() -> None:
    step = next_step(replace(ASKED, handler=Handler.queue, impatient=True))

    assert step == Step(Then.look_again, (german("still_holding"),))


def test_a_conversation_that_is_over_is_left_with_a_goodbye() -> None:
    step = next_step(replace(ASKED, handler=Handler.closed, news=("Gern geschehen.",)))

    assert step == Step(Then.hang_up, ("Gern geschehen.", german("goodbye")))


@pytest.mark.parametrize(
    ("standing", "then", "words"),
    [
        (ASKED, Then.listen, (QUESTION,)),
        (replace(ASKED, question=""), Then.listen, ()),
        (replace(ASKED, news=("Neu.",)), Then.listen, ("Neu.",)),
        (THINKING, Then.wait, ()),
        (replace(THINKING, news=("Neu.",)), Then.wait, ("Neu.",)),
        (replace(ASKED, handler=Handler.agent), Then.look_again, ()),
        (replace(ASKED, handler=Handler.queue, impatient=True), Then.look_again, ()),
    ],
)
def test_a_call_whose_relay_fails_goes_on_where_it_stood(
    standing: Standing, then: Then, words: tuple[str, ...]
) -> None:
    step = taken_over(standing, greeted=True)

    assert (step.then, step.words) == (then, words)


@pytest.mark.parametrize(
    ("standing", "greeted", "excuse"),
    [
        (ASKED, True, "back"),
        (ASKED, False, "back_from_nothing"),
        (THINKING, True, "back_thinking"),
        (replace(THINKING, news=("Neu.",)), True, "back"),
        (replace(THINKING, handler=Handler.queue), True, "back"),
    ],
)
def test_whoever_was_left_is_told_whether_they_were_heard(
    standing: Standing, greeted: bool, excuse: str
) -> None:
    assert taken_over(standing, greeted=greeted).first == (german(excuse),)
