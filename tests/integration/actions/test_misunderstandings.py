import pytest

from actions.ask_rephrase import ActionAskRephrase
from actions.call_me_back import ActionCallMeBack
from actions.silence import ActionSilence
from crm_store.conversations.models import Channel
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_tracker
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LIKELY = ("nlu_fallback", "cancel_order", "greet", "ask_order_status", "ask_person", "ask_help")


async def test_offers_the_likeliest_readings_that_have_a_title(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAskRephrase, a_tracker(hers, intent="nlu_fallback", ranking=LIKELY))

    assert heard.names == ["utter_ask_rephrase"]
    assert heard.responses[0]["buttons"] == [
        {"title": "Cancel an order", "payload": "/cancel_order"},
        {"title": "Where is my order?", "payload": "/ask_order_status"},
        {"title": "Talk to a person", "payload": "/ask_person"},
    ]
    assert heard.slots["misunderstood"] is True
    assert heard.slots["question"] == "reading"
    assert [kept["intent"] for kept in heard.slots["readings"]] == [
        "cancel_order",
        "ask_order_status",
        "ask_person",
    ]


async def test_a_caller_hears_the_readings_in_one_question(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation(channel=Channel.phone)
    await kept(sessions, hers)

    heard = await play(ActionAskRephrase, a_tracker(hers, intent="nlu_fallback", ranking=LIKELY))

    spoken = "Cancel an order, Where is my order or Talk to a person"
    assert heard.responses[0]["readings"] == spoken
    assert heard.responses[0]["buttons"] == []


async def test_one_reading_is_asked_about_by_itself(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(
        ActionAskRephrase, a_tracker(hers, intent="nlu_fallback", ranking=("cancel_order",))
    )

    assert heard.names == ["utter_ask_rephrase_one"]


async def test_what_is_unlikely_is_not_offered(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    tracker = a_tracker(hers, intent="nlu_fallback", ranking=LIKELY)
    for guess in tracker.latest_message["intent_ranking"]:
        guess["confidence"] = 0.07

    heard = await play(ActionAskRephrase, tracker)

    assert heard.names == ["utter_ask_rephrase_open"]
    assert heard.slots == {"misunderstood": True}


async def test_in_a_form_its_question_is_enough(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(
        ActionAskRephrase,
        a_tracker(hers, intent="nlu_fallback", ranking=LIKELY, form="verification_form"),
    )

    assert heard.names == ["utter_not_understood"]
    assert heard.slots == {"misunderstood": True}


@pytest.mark.parametrize(
    ("before", "response"),
    [
        ([], "utter_silence"),
        (["greet"], "utter_silence"),
        (["silence", "greet"], "utter_silence_again"),
        (["silence", "silence", "greet"], "utter_silence_person"),
        (["wait"], "utter_wait_longer"),
        (["silence", "wait"], "utter_silence"),
        (["silence", "silence", "silence", "wait"], "utter_silence_person"),
    ],
)
async def test_a_silent_caller_is_asked_twice_before_a_person_is_offered(
    sessions: SessionFactory, play: Play, before: list[str], response: str
) -> None:
    hers = a_conversation(channel=Channel.phone)
    await kept(sessions, hers)
    earlier = [
        {"event": "user", "text": "", "parse_data": {"intent": {"name": intent}}}
        for intent in reversed(before)
    ]

    heard = await play(ActionSilence, a_tracker(hers, intent="silence", before=earlier))

    assert heard.names == [response]
    assert heard.slots.get("question") == ("person" if "person" in response else None)


async def test_a_silent_caller_is_asked_again_what_was_asked(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation(channel=Channel.phone)
    await kept(sessions, hers)
    asked = {"errand": ActionCallMeBack.action_name, "given": {"on_file": "no"}, "asked": "number"}

    heard = await play(
        ActionSilence, a_tracker(hers, intent="silence", question="errand", errands=[asked])
    )

    assert heard.names == ["utter_silence_between", "utter_callback_number"]
    assert heard.slots["question"] == "errand"


async def test_a_form_that_hears_nothing_asks_by_itself(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation(channel=Channel.phone)
    await kept(sessions, hers)

    heard = await play(ActionSilence, a_tracker(hers, intent="silence", form="verification_form"))

    assert heard.names == ["utter_silence_between"]
