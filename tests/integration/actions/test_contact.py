from datetime import timedelta

import pytest

from actions.ask_contact import ActionAskContact
from crm_store.base import Language
from crm_store.conversations.models import Channel
from crm_store.db import SessionFactory
from tests.builders import NOW, a_conversation, a_tracker
from tests.integration.actions.conftest import Clock, Heard, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

WEEK = "Mon–Wed 09:00–18:00, Thu 09:00–20:00, Fri 09:00–18:00, Sat 10:00–14:00"


async def asks(
    sessions: SessionFactory,
    play: Play,
    text: str,
    *,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
    **entities: str,
) -> Heard:
    somebody = a_conversation(channel=channel, language=language)
    await kept(sessions, somebody)
    return await play(
        ActionAskContact, a_tracker(somebody, text, intent="ask_contact", entities=entities)
    )


async def test_all_there_is_is_told_where_nothing_in_particular_is_asked(
    sessions: SessionFactory, play: Play
) -> None:
    heard = await asks(sessions, play, "contact")

    assert heard.names == ["utter_contact_all"]
    told = heard.responses[0]
    assert (told["phone"], told["email"]) == ("+49 30 23125000", "service@belcanto.example")
    assert told["week"] == WEEK
    assert told["now"] == "Somebody is there right now, today until 6 pm."


@pytest.mark.parametrize(
    ("text", "responses"),
    [
        ("When are you open?", ["utter_contact_hours"]),
        ("Bis wann sind Sie erreichbar?", ["utter_contact_hours"]),
        ("What's your phone number?", ["utter_contact_phone"]),
        ("ihre mailadresse bitte", ["utter_contact_email"]),
        ("Wo ist Ihr Geschäft?", ["utter_contact_address"]),
        ("your address and opening hours", ["utter_contact_hours", "utter_contact_address"]),
    ],
)
async def test_what_is_asked_for_is_told(
    sessions: SessionFactory, play: Play, text: str, responses: list[str]
) -> None:
    assert (await asks(sessions, play, text)).names == responses


@pytest.mark.parametrize(
    ("day", "response", "begin"),
    [
        ("2026-11-28", "utter_contact_day", "10 Uhr"),
        ("2026-11-29", "utter_contact_day_closed", None),
    ],
)
async def test_the_hours_of_a_day_are_told(
    sessions: SessionFactory, play: Play, day: str, response: str, begin: str | None
) -> None:
    heard = await asks(sessions, play, "Habt ihr da offen?", language=Language.de, date=day)

    assert heard.names == [response]
    assert heard.responses[0].get("begin") == begin


async def test_at_night_it_says_when_somebody_is_back(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    clock.now = NOW + timedelta(hours=12)

    heard = await asks(sessions, play, "Is somebody there? When are you open?")

    now = "Nobody is there right now; people are back from Tuesday 24 November, 9 am."
    assert heard.responses[0]["now"] == now


async def test_a_caller_hears_numbers_digit_by_digit_and_addresses_in_words(
    sessions: SessionFactory, play: Play
) -> None:
    phone = await asks(sessions, play, "your phone number", channel=Channel.phone)
    email = await asks(sessions, play, "your email please", channel=Channel.phone)

    assert phone.responses[0]["phone"] == "0 3 0 2 3 1 2 5 0 0 0"
    assert email.responses[0]["email"] == "service at belcanto dot example"
