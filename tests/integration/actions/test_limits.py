from typing import Any

import pytest
from rasa_sdk.interfaces import Tracker

from actions.ask_availability import ActionAskAvailability
from actions.base import StoreAction
from actions.courtesy import ActionCourtesy
from actions.decline_suggestion import ActionDeclineSuggestion
from actions.inform_alone import ActionInformAlone
from actions.more_like_this import ActionMoreLikeThis
from actions.something_else import ActionSomethingElse
from actions.suggest import ActionSuggest
from crm_store.base import Language
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Channel, Conversation
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_product, a_tracker
from tests.integration.actions.conftest import Heard, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

WORKS = (
    ("Aida", "Giuseppe Verdi", "29.90", "cd", 3),
    ("Nabucco", "Giuseppe Verdi", "14.90", "cd", 3),
    ("Otello", "Giuseppe Verdi", "39.90", "vinyl", 3),
    ("Ernani", "Giuseppe Verdi", "19.90", "cd", 0),
    ("Parsifal", "Richard Wagner", "49.90", "cd", 3),
    ("Tosca", "Giacomo Puccini", "16.90", "cd", 3),
)


async def test_what_limits_a_wish_limits_the_offers(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionSuggest, a_tracker(hers, "Verdi on CD under 20 euros"))

    assert heard.names == ["utter_suggest"]
    assert _titles(heard) == {"Nabucco"}


async def test_a_sum_counts_as_it_was_heard(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions, language=Language.de)
    spoken = a_tracker(hers, "Verdi unter zwanzig Euro")
    _hear_sum(spoken, "zwanzig Euro", "20.00 EUR")

    heard = await play(ActionSuggest, spoken)

    assert _titles(heard) == {"Nabucco"}


async def test_a_range_of_spoken_sums_has_two_ends(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)
    spoken = a_tracker(hers, "Verdi between twenty and thirty euros")
    _hear_sum(spoken, "twenty", "20.00 EUR")
    _hear_sum(spoken, "thirty euros", "30.00 EUR")

    heard = await play(ActionSuggest, spoken)

    assert _titles(heard) == {"Aida"}


@pytest.mark.parametrize("channel", Channel)
async def test_what_does_not_come_in_a_format_is_owned_up_to(
    sessions: SessionFactory, play: Play, channel: Channel
) -> None:
    hers = await _in_the_shop(sessions, channel=channel, language=Language.de)

    heard = await play(ActionSuggest, a_tracker(hers, "Puccini auf Vinyl"))

    assert heard.names == ["utter_suggest_in_other_format", "utter_suggest"]
    said = heard.responses[0]
    assert (said["wanted"], said["there"]) == ("auf Vinyl", "auf CD")
    assert _titles(heard) == {"Tosca"}


async def test_what_is_sold_out_is_marked_and_may_be_waited_for(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionSuggest, a_tracker(hers, "Ernani by Verdi, even if sold out"))

    assert heard.names == ["utter_suggest_sold_out", "utter_suggest"]
    shown = heard.responses[1]
    assert [c["in_stock"] for c in shown["custom"]["cards"] if c["title"] == "Ernani"] == [False]
    assert shown["buttons"][0] == {
        "title": "Tell me when it is back",
        "payload": '/notify_when_back{"sku": "SKU-ERNANI"}',
    }


async def test_a_caller_hears_that_it_is_sold_out_and_a_yes_waits_for_it(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions, channel=Channel.phone)

    heard = await play(ActionSuggest, a_tracker(hers, "only Ernani, even if sold out"))

    assert heard.names == ["utter_suggest_sold_out"]
    assert heard.responses[0]["title"] == "Ernani"
    assert heard.slots["question"] == "offer"
    assert heard.slots["offered"] == {
        "errand": "action_notify_when_back",
        "given": {"product": "SKU-ERNANI"},
    }


@pytest.mark.parametrize(
    ("action", "intent", "text", "titles"),
    [
        (ActionSuggest, "state_interest", "on vinyl please", {"Otello"}),
        (ActionInformAlone, "inform", "under 20 euros please", {"Nabucco", "Tosca"}),
        (ActionDeclineSuggestion, "decline_suggestion", "nothing by Verdi", {"Parsifal", "Tosca"}),
        (ActionCourtesy, "deny", "no Verdi please", {"Parsifal", "Tosca"}),
        (ActionAskAvailability, "ask_availability", "and on vinyl?", {"Otello"}),
        (ActionSomethingElse, "something_else", "something else by Puccini only", {"Tosca"}),
    ],
)
async def test_words_that_only_limit_narrow_the_last_wish(
    sessions: SessionFactory,
    play: Play,
    action: type[StoreAction],
    intent: str,
    text: str,
    titles: set[str],
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(action, _after_a_wish(hers, text, intent))

    assert _titles(heard) == titles


async def test_something_else_keeps_what_limited_the_wish(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)
    first = await play(ActionSuggest, a_tracker(hers, "operas, nothing by Wagner", **TABLE))
    narrowed = await play(ActionSuggest, _then(hers, "on CD please", first))

    other = await play(ActionSomethingElse, _then(hers, "something else", narrowed))
    more = await play(ActionMoreLikeThis, _then(hers, "more of that", narrowed))

    assert set(narrowed.slots["limits"]["filters"]) == {"formats", "without"}
    for heard in (other, more):
        assert not _titles(heard) & {"Parsifal", "Otello"}


async def test_is_it_in_stock_narrows_nothing(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionAskAvailability, _after_a_wish(hers, "in stock?", "ask_availability"))

    assert "utter_suggest" not in heard.names


async def test_a_no_remains_a_no(sessions: SessionFactory, play: Play) -> None:
    hers = await _in_the_shop(sessions)

    declined = await play(ActionDeclineSuggestion, _after_a_wish(hers, "no thanks", "deny"))

    assert declined.names == ["utter_suggestion_declined"]


async def test_a_refusal_is_kept_until_it_is_known_what_is_liked(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    asked = await play(ActionSuggest, a_tracker(hers, "nothing by Wagner please"))
    answered = await play(ActionSuggest, a_tracker(hers, "operas", **asked.slots))

    assert asked.names == ["utter_suggest_ask_interest"]
    assert answered.names == ["utter_suggest"]
    assert "Parsifal" not in _titles(answered)


async def test_a_format_alone_is_answered_and_kept_as_no_interest(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions)

    heard = await play(ActionSuggest, a_tracker(hers, "What do you have on vinyl?"))

    assert _titles(heard) == {"Otello"}


async def test_in_stock_is_not_said_of_another_format_than_was_asked_for(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await _in_the_shop(sessions, language=Language.de)

    tosca = a_tracker(hers, "Haben Sie Tosca auf Vinyl?", intent="ask_availability")
    heard = await play(ActionAskAvailability, tosca)

    assert heard.names == ["utter_stock_in_other_format", "utter_stock_few"]
    assert heard.responses[0]["there"] == "auf CD"


TABLE: dict[str, Any] = {"suggested": None}


async def _in_the_shop(
    sessions: SessionFactory,
    *,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
) -> Conversation:
    hers = a_conversation(channel=channel, language=language)
    await kept(sessions, hers, *(_work(*work) for work in WORKS))
    return hers


def _work(title: str, creator: str, price: str, form: str, stock: int) -> Product:
    facets = f"{creator} opera operas Oper Opern {form}"
    work = a_product(title, creator=creator, price=price, stock=stock, facets=facets)
    work.format, work.genre = form, "opera"
    return work


def _after_a_wish(hers: Conversation, text: str, intent: str) -> Tracker:
    table = [{"suggestion": str(hers.id), "product": str(hers.id), "sku": "X", "title": "X"}]
    return a_tracker(hers, text, intent=intent, suggested=table, last_wish_text="operas")


def _then(hers: Conversation, text: str, before: Heard) -> Tracker:
    return a_tracker(hers, text, **before.slots)


def _hear_sum(tracker: Tracker, said: str, value: str) -> None:
    start = tracker.latest_message["text"].index(said)
    heard = {"entity": "amount", "value": value, "start": start, "end": start + len(said)}
    tracker.latest_message["entities"].append(heard)


def _titles(heard: Heard) -> set[str]:
    return {offer["title"] for offer in heard.slots.get("suggested") or ()}
