"""What was said last: said again, more simply, more slowly, or corrected."""

from typing import Any
from uuid import uuid4

import pytest

from actions.correct import ActionCorrect
from actions.repeat import ActionRepeat
from actions.rephrase import ActionRephrase
from actions.slower import ActionSlower
from crm_store.conversations.models import Channel
from crm_store.db import SessionFactory
from crm_store.insight.repository import EventRepository
from tests.builders import a_conversation, a_tracker
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

YES_NO = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]


def said(text: str, response: str | None = None, **more: Any) -> dict[str, Any]:
    buttons = more.pop("buttons", None)
    metadata = {"utter_action": response, "channel": "phone", **more} if response else {}
    return {
        "event": "bot",
        "text": text,
        "data": {"buttons": buttons, "custom": None},
        "metadata": metadata,
    }


async def test_says_the_last_words_again(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [
        said("Hello!"),
        {"event": "user", "text": "cancel it"},
        said("Which one?"),
        said("This one?", buttons=YES_NO),
    ]

    heard = await play(ActionRepeat, a_tracker(hers, "what?", before=before))

    assert [(one["text"], one["buttons"]) for one in heard.responses] == [
        ("Which one?", []),
        ("This one?", YES_NO),
    ]


async def test_a_plea_for_time_is_not_what_is_said_again(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [
        {"event": "user", "text": "call me", "parse_data": {"intent": {"name": "call_me_back"}}},
        said("Which number?"),
        {"event": "user", "text": "a moment", "parse_data": {"intent": {"name": "wait"}}},
        said("Take your time."),
        {"event": "user", "text": "pardon?", "parse_data": {"intent": {"name": "repeat"}}},
        said("Which number?"),
    ]

    heard = await play(ActionRepeat, a_tracker(hers, "once more", before=before))

    assert [one["text"] for one in heard.responses] == ["Which number?"]


@pytest.mark.parametrize("action", [ActionRepeat, ActionSlower])
async def test_a_forms_question_is_left_to_the_form(
    sessions: SessionFactory, play: Play, action: type[ActionRepeat | ActionSlower]
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [said("A code is on its way."), said("Please enter it.")]

    heard = await play(action, a_tracker(hers, before=before, form="verification_form"))

    assert [one["text"] for one in heard.responses if one["text"]] == ["A code is on its way."]


@pytest.mark.parametrize("action", [ActionRepeat, ActionRephrase, ActionSlower])
async def test_has_nothing_to_say_again_at_first(
    sessions: SessionFactory,
    play: Play,
    action: type[ActionRepeat | ActionRephrase | ActionSlower],
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(action, a_tracker(hers, "what?"))

    assert heard.names == ["utter_repeat_nothing"]


async def test_simpler_words_say_the_same_values_and_choices(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [said("Which?", "utter_order_which", order_numbers="A-1, A-2", buttons=YES_NO)]

    heard = await play(ActionRephrase, a_tracker(hers, "what do you mean?", before=before))

    assert heard.names == ["utter_order_which_simply"]
    assert heard.responses[0]["order_numbers"] == "A-1, A-2"
    assert heard.responses[0]["buttons"] == YES_NO
    assert "channel" not in heard.responses[0]


async def test_where_there_are_no_simpler_words_a_yes_and_a_no_are_explained(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [said("Cancel A-17, right?", "utter_cancel_restate", buttons=YES_NO)]

    heard = await play(ActionRephrase, a_tracker(hers, "what do you mean?", before=before))

    assert heard.names == ["utter_rephrase_lead", "", "utter_yes_or_no_simply"]
    assert heard.responses[1]["text"] == "Cancel A-17, right?"


async def test_a_caller_hears_it_piece_by_piece(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation(channel=Channel.phone)
    await kept(sessions, hers)
    words = "Your order is on its way, should arrive on Friday, and comes by courier. All right?"

    heard = await play(
        ActionSlower, a_tracker(hers, "slower", before=[said(words, buttons=YES_NO)])
    )

    assert heard.names[0] == "utter_slower_lead"
    assert [one["text"] for one in heard.responses[1:]] == [
        "Your order is on its way,",
        "should arrive on Friday,",
        "and comes by courier.",
        "All right?",
    ]
    assert [bool(one["buttons"]) for one in heard.responses[1:]] == [False, False, False, True]


async def test_in_the_chat_slower_is_once_more(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionSlower, a_tracker(hers, "slower", before=[said("One. Two.")]))

    assert [one["text"] for one in heard.responses[1:]] == ["One. Two."]


async def test_a_correction_tells_of_the_other_one(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(
        ActionCorrect,
        a_tracker(
            hers,
            "no, I meant A-21",
            intent="correct",
            entities={"order_number": "A-21"},
            before=[{"event": "action", "name": "action_order_status"}],
        ),
    )

    assert heard.followup == "action_order_status"


@pytest.mark.parametrize(
    ("action", "entities"),
    [
        ("action_order_status", {}),
        ("action_courtesy", {"order_number": "A-21"}),
        ("utter_help", {"order_number": "A-21"}),
    ],
)
async def test_a_correction_that_says_too_little_is_asked_about(
    sessions: SessionFactory, play: Play, action: str, entities: dict[str, str]
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(
        ActionCorrect,
        a_tracker(hers, "no", intent="correct", entities=entities, before=[_step(action)]),
    )

    assert (heard.names, heard.followup) == (["utter_correct_alone"], None)


async def test_of_a_deed_it_says_what_was_done_and_who_can_undo_it(
    sessions: SessionFactory, play: Play
) -> None:
    hers, yes = a_conversation(), uuid4()
    await kept(sessions, hers)
    async with sessions.begin() as session:
        EventRepository(session).record("order_cancelled", hers, cause=yes)
    before = [
        {"event": "user", "text": "yes", "metadata": {"message_id": str(yes)}},
        _step("action_answer"),
        said("A-17 is cancelled."),
    ]

    heard = await play(
        ActionCorrect,
        a_tracker(
            hers,
            "no, the other one",
            intent="correct",
            entities={"position": "other"},
            before=before,
        ),
    )

    assert heard.responses[0]["text"] == "A-17 is cancelled."
    assert heard.names[1] == "utter_correct_deed"
    assert heard.slots["question"] == "person"


async def test_an_answer_that_changed_nothing_is_no_deed(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    before = [
        {"event": "user", "text": "no", "metadata": {"message_id": str(uuid4())}},
        _step("action_answer"),
        said("Nothing was changed."),
    ]

    heard = await play(ActionCorrect, a_tracker(hers, "no!", intent="correct", before=before))

    assert heard.names == ["utter_correct_alone"]


async def test_a_correction_after_a_refusal_is_of_what_was_asked_for(
    sessions: SessionFactory, play: Play
) -> None:
    hers, code = a_conversation(), uuid4()
    await kept(sessions, hers)
    async with sessions.begin() as session:
        EventRepository(session).record("customer_verified", hers, cause=code)
    before = [
        {"event": "user", "text": "123456", "metadata": {"message_id": str(code)}},
        _step("action_cancel_order"),
        said("A-18 is on its way and cannot be cancelled."),
    ]

    heard = await play(
        ActionCorrect,
        a_tracker(
            hers,
            "nonsense, 22, not 18",
            intent="correct",
            entities={"number": "22"},
            before=before,
        ),
    )

    assert (heard.names, heard.followup) == ([], "action_cancel_order")


def _step(action: str) -> dict[str, Any]:
    return {"event": "action", "name": action}
