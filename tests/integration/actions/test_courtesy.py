from datetime import timedelta
from typing import Any

import pytest

from actions.courtesy import ActionCourtesy
from actions.goodbye import ActionGoodbye
from actions.inform_alone import ActionInformAlone
from actions.insult import ActionInsult
from actions.open_conversation import ActionOpenConversation
from crm_store.base import Language
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, a_tracker
from tests.integration.actions.conftest import Clock, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

UNDER_WAY = [{"errand": "action_cancel_order", "given": {}}]


async def test_a_conversation_opens_with_the_shops_own_greeting(
    sessions: SessionFactory, play: Play
) -> None:
    theirs = a_conversation(language=Language.de)
    await kept(sessions, theirs)
    async with sessions.begin() as session:
        greeting = {"de": "Heute ist Opernabend.", "en": "Tonight is opera night."}
        await PolicyRepository(session).change("greeting", greeting, at=NOW)

    heard = await play(ActionOpenConversation, a_tracker(theirs, intent="open_conversation"))

    assert heard.names == ["utter_open_conversation"]
    assert heard.responses[0]["greeting"] == "Heute ist Opernabend."
    assert heard.responses[0]["shop"] == "Belcanto"


async def test_a_caller_whom_the_line_has_greeted_is_not_greeted_otherwise(
    sessions: SessionFactory, play: Play
) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)
    told = {"greeted": "Guten Tag, hier spricht der KI-Assistent."}

    heard = await play(
        ActionOpenConversation, a_tracker(theirs, intent="open_conversation", facts=told)
    )

    assert heard.names == ["utter_open_conversation"]
    assert heard.responses[0]["words"] == told["greeted"]


@pytest.mark.parametrize(
    ("level", "response"),
    [
        (Level.anonymous, "utter_open_conversation"),
        (Level.claimed, "utter_open_conversation"),
        (Level.verified, "utter_open_conversation_named"),
        (Level.strong, "utter_open_conversation_named"),
    ],
)
async def test_only_whoever_is_proved_is_greeted_by_name(
    sessions: SessionFactory, play: Play, level: Level, response: str
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=level)
    await kept(sessions, ana, hers)

    heard = await play(ActionOpenConversation, a_tracker(hers, intent="open_conversation"))

    assert heard.names == [response]
    assert ("Ana Ruiz" in str(heard.responses)) == (level >= Level.verified)


async def test_a_proof_that_has_lapsed_is_no_reason_to_say_the_name(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)
    clock.now = NOW + timedelta(hours=1)

    heard = await play(ActionOpenConversation, a_tracker(hers, intent="open_conversation"))

    assert heard.names == ["utter_open_conversation"]


@pytest.mark.parametrize(
    ("intent", "alone", "between"),
    [
        ("greet", "utter_greet", "utter_greet_between"),
        ("thank", "utter_thanks_returned", "utter_thanks_between"),
        ("small_talk", "utter_small_talk", "utter_small_talk_between"),
        ("affirm", "utter_affirm_alone", "utter_affirm_between"),
        ("deny", "utter_deny_alone", "utter_deny_between"),
    ],
)
async def test_a_courtesy_asks_nothing_where_something_is_under_way(
    sessions: SessionFactory, play: Play, intent: str, alone: str, between: str
) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)

    idle = await play(ActionCourtesy, a_tracker(theirs, intent=intent))
    busy = await play(ActionCourtesy, a_tracker(theirs, intent=intent, errands=UNDER_WAY))
    asked = await play(ActionCourtesy, a_tracker(theirs, intent=intent, form="verification_form"))

    assert [idle.names, busy.names, asked.names] == [[alone], [between], [between]]


async def test_whoever_leaves_in_the_middle_hears_that_it_was_not_done(
    sessions: SessionFactory, play: Play
) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)

    idle = await play(ActionGoodbye, a_tracker(theirs, intent="goodbye"))
    busy = await play(ActionGoodbye, a_tracker(theirs, intent="goodbye", errands=UNDER_WAY))

    assert [idle.names, busy.names] == [["utter_goodbye"], ["utter_goodbye_unfinished"]]
    assert busy.slots["errands"] is None
    assert busy.slots["wishes"] is None


async def test_a_second_insult_is_answered_with_a_person(
    sessions: SessionFactory, play: Play
) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)
    before: list[dict[str, Any]] = [
        {"event": "user", "text": "idiot", "parse_data": {"intent": {"name": "insult"}}},
        {"event": "action", "name": "action_insult"},
    ]

    first = await play(ActionInsult, a_tracker(theirs, "idiot", intent="insult"))
    second = await play(ActionInsult, a_tracker(theirs, "idiot", intent="insult", before=before))

    assert (first.names, first.slots) == (["utter_insult"], {})
    assert second.names == ["utter_insult_again"]
    assert second.slots["question"] == "person"


async def test_a_vouchers_code_alone_is_looked_up(sessions: SessionFactory, play: Play) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)
    code = {"voucher_code": "GUT-7K2M9QXR"}

    looked_up = await play(ActionInformAlone, a_tracker(theirs, intent="inform", entities=code))
    asked = await play(ActionInformAlone, a_tracker(theirs, intent="inform"))

    assert looked_up.followup == "action_ask_voucher"
    assert asked.names == ["utter_inform_alone"]
