"""A new address or number is read back, agreed to, proved by a code, and only then on file."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from actions import change_email, change_phone
from actions.go_back import ActionGoBack
from actions.validate_verification_form import ValidateVerificationForm
from actions.wiring import Parts
from crm_store.base import Json
from crm_store.conversations.models import Channel
from crm_store.customers.models import ContactPoint, Level
from crm_store.db import SessionFactory
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, a_tracker
from tests.integration.actions.conftest import Play, kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.proving import (
    a_stranger,
    ana_is_known,
    another,
    code_sent_to,
    written,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NEW = "ana.neu@example.com"
MOBILE = "+491713920017"
ERRANDS = (change_email, change_phone)
"""Known to a dialogue once they are imported."""


async def test_the_address_is_changed_after_a_yes_and_a_code(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("I have a new email", "change_email")
    restated = await talk.says(f"it is {NEW}", "inform", email=NEW)
    assert await _on_file(sessions) == ["ana@example.com"]
    asked = await talk.says("yes", "affirm")
    assert await _on_file(sessions) == ["ana@example.com"]
    await talk.says(await code_sent_to(sessions, NEW), "inform")

    assert talk.said == [
        "utter_change_email_ask",
        "utter_change_email_restate",
        "utter_contact_code_sent",
        "utter_change_email_done",
    ]
    assert restated.responses[0]["contact"] == NEW
    assert asked.slots["awaits"]["what"] == "code"
    assert await _on_file(sessions) == [NEW]
    assert talk.slots["errands"] is None
    last = (await written(sessions))[-1]
    assert last.address == "ana@example.com"


async def test_the_code_itself_is_kept_in_no_slot(sessions: SessionFactory, parts: Parts) -> None:
    talk = await _at_the_code(sessions, parts)
    code = await code_sent_to(sessions, NEW)

    wrong = await talk.says(another(code), "inform")

    assert wrong.names == ["utter_code_wrong"]
    assert another(code) not in str(wrong.events)
    assert code not in str(talk.slots)


async def test_a_caller_hears_the_address_sign_by_sign(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions, channel=Channel.phone)
    talk = Dialogue(parts, hers)

    restated = await talk.says("change my email", "change_email", email="ana@example.de")

    assert restated.responses[0]["contact"] == "ana at example dot de"


async def test_a_number_is_changed_by_a_code_that_goes_there(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("my new number", "change_phone", phone_number=MOBILE)
    await talk.says("yes", "affirm")
    done = await talk.says(await code_sent_to(sessions, MOBILE), "inform")

    assert done.names == ["utter_change_phone_done"]
    assert sorted(await _on_file(sessions)) == [MOBILE, "ana@example.com"]


@pytest.mark.parametrize(
    ("number", "response"),
    [("+493023125000", "utter_phone_not_mobile"), ("+4912", "utter_phone_invalid")],
)
async def test_a_number_that_gets_no_text_messages_is_not_taken(
    sessions: SessionFactory, parts: Parts, number: str, response: str
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("new number", "change_phone")

    heard = await talk.says(number, "inform", phone_number=number)

    assert heard.names == [response, "utter_change_phone_ask_again"]


async def test_the_address_on_file_is_no_new_one(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("new email", "change_email")

    heard = await talk.says("ana@example.com", "inform", email="ana@example.com")

    assert heard.names == ["utter_contact_same", "utter_change_email_ask_again"]


async def test_a_correction_at_the_yes_is_restated(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("new email", "change_email", email="ana.neo@example.com")

    again = await talk.says(f"no, {NEW}", "correct", email=NEW)

    assert again.names == ["utter_change_email_restate"]
    assert again.responses[0]["contact"] == NEW
    assert await written(sessions) == []


async def test_a_correction_at_the_code_makes_the_first_code_worthless(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _at_the_code(sessions, parts)
    first = await code_sent_to(sessions, NEW)

    again = await talk.says("sorry, other@example.com", "correct", email="other@example.com")
    await talk.says("yes", "affirm")
    second = await code_sent_to(sessions, "other@example.com")
    tried = await talk.says(first, "inform") if first != second else None

    assert again.names == ["utter_change_email_restate"]
    assert tried is None or tried.names == ["utter_code_wrong"]
    assert await _on_file(sessions) == ["ana@example.com"]


async def test_after_five_wrong_codes_a_new_one_is_sent(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _at_the_code(sessions, parts)
    wrong = another(await code_sent_to(sessions, NEW))

    heard = [await talk.says(wrong, "inform") for _ in range(5)]

    assert [one.names[0] for one in heard[3:]] == [
        "utter_code_wrong_last_try",
        "utter_code_expired",
    ]
    assert heard[4].names[1] == "utter_contact_code_sent"
    assert len(await written(sessions)) == 2


async def test_a_fourth_code_in_an_hour_ends_it(sessions: SessionFactory, parts: Parts) -> None:
    talk = await _at_the_code(sessions, parts)
    for _ in range(2):
        await talk.run(ActionGoBack)
        await talk.says("yes", "affirm")
    await talk.run(ActionGoBack)

    refused = await talk.says("yes", "affirm")

    assert refused.names == ["utter_too_many_codes"]
    assert refused.slots["errands"] is None


async def test_an_interruption_comes_back_to_the_code(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _at_the_code(sessions, parts)
    talk.slots["question"] = None  # as the bot does when something else was said

    back = await talk.comes_back()

    assert back.names == ["utter_back_to_errand", "utter_contact_code_again"]
    assert back.slots["awaits"]["what"] == "code"
    assert len(await written(sessions)) == 1


async def test_a_no_at_the_code_changes_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await _at_the_code(sessions, parts)

    heard = await talk.says("no, leave it", "deny")

    assert heard.names == ["utter_errand_kept"]
    assert await _on_file(sessions) == ["ana@example.com"]


async def test_words_that_are_no_code_are_answered_and_a_person_offered_then(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _at_the_code(sessions, parts)

    heard = [await talk.says("nothing has come", "nlu_fallback") for _ in range(2)]

    assert [one.names for one in heard] == [["utter_code_not_understood"], ["utter_offer_person"]]


async def test_an_address_of_somebody_else_is_for_a_person(
    sessions: SessionFactory, parts: Parts
) -> None:
    await kept(sessions, a_customer(number="C-2", email=NEW))
    talk = await _at_the_code(sessions, parts)

    refused = await talk.says(await code_sent_to(sessions, NEW), "inform")

    assert refused.names == ["utter_contact_taken"]
    assert refused.slots["question"] == "person"


async def test_a_shop_that_wants_its_own_login_says_so_before_asking(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    async with sessions.begin() as session:
        rules: Json = {**seed()["verification"], "contact_change": "strong"}
        await PolicyRepository(session).change("verification", rules, at=NOW)

    refused = await Dialogue(parts, hers).says("new email", "change_email")

    assert refused.names == ["utter_strong_needed"]
    assert refused.slots["question"] == "person"


async def test_a_stranger_proves_who_they_are_first(sessions: SessionFactory, parts: Parts) -> None:
    stranger = await a_stranger(sessions)

    asked = await Dialogue(parts, stranger).says("new email", "change_email", email=NEW)

    assert asked.followup == "verification_form"
    assert await written(sessions) == []


@pytest.mark.parametrize(
    ("wish", "named"),
    [("action_change_email", {"email": NEW}), ("action_change_phone", {"phone_number": MOBILE})],
)
async def test_nobody_is_looked_for_by_what_is_only_to_be_put_on_file(
    sessions: SessionFactory, play: Play, wish: str, named: dict[str, str]
) -> None:
    stranger = await a_stranger(sessions)

    heard = await play(
        ValidateVerificationForm, a_tracker(stranger, "new one", entities=named, wish=wish)
    )

    assert (heard.names, heard.slots) == ([], {"claim": None})


async def test_a_code_of_another_conversation_proves_nothing(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await _at_the_code(sessions, parts)
    code = await code_sent_to(sessions, NEW)
    ben = a_customer(number="C-2", email="ben@example.com")
    his = a_conversation(of=ben, level=Level.verified)
    await kept(sessions, ben, his)
    other = Dialogue(parts, his)
    await other.says("new email", "change_email", email="ben.neu@example.com")
    await other.says("yes", "affirm")
    if code == await code_sent_to(sessions, "ben.neu@example.com"):
        pytest.skip("one chance in a million")

    tried = await other.says(code, "inform")

    assert tried.names == ["utter_code_wrong"]
    assert talk.slots["awaits"]["what"] == "code"


async def _at_the_code(sessions: SessionFactory, parts: Parts) -> Dialogue:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("new email", "change_email", email=NEW)
    await talk.says("yes", "affirm")
    return talk


async def _on_file(sessions: SessionFactory) -> Sequence[str]:
    async with sessions() as session:
        return (await session.scalars(select(ContactPoint.value))).all()
