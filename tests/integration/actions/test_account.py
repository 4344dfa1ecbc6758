"""Names, new accounts, other accounts and logins that do not work."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from actions import change_address, change_name, create_account, edit_account, login_problem
from actions.identify import ActionIdentify
from actions.switch_account import ActionSwitchAccount
from actions.wiring import Parts
from crm_store.cases.models import Case, CaseKind
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from tests.builders import NOW, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.proving import (
    a_stranger,
    ana_is_known,
    another,
    code_sent_to,
    written,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (change_address, change_name, create_account, edit_account, login_problem)
"""Known to a dialogue once they are imported."""
NEO = "neo@example.com"


async def test_a_name_is_read_back_and_changed(sessions: SessionFactory, parts: Parts) -> None:
    ana, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("I got married and have a new name", "change_name")
    restated = await talk.says("Ana Winter", "inform")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_change_name_ask",
        "utter_change_name_restate",
        "utter_change_name_done",
    ]
    assert restated.responses[0]["person"] == "Ana Winter"
    assert (await _again(sessions, ana)).name == "Ana Winter"


async def test_a_caller_hears_the_new_name_letter_by_letter(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions, channel=Channel.phone)

    restated = await Dialogue(parts, hers).says("my surname is now Mayr", "change_name")

    assert restated.responses[0]["person"] == "Ana Mayr"
    assert restated.responses[0]["spelled"] == "M, a, y, r"


async def test_a_name_of_one_word_may_be_either_and_is_asked_for_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("new name", "change_name")

    heard = await talk.says("Winter", "inform")

    assert heard.names == ["utter_name_both", "utter_change_name_ask_again"]


async def test_a_new_address_is_read_back_changed_and_told(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana, hers = await ana_is_known(sessions)
    await kept(sessions, an_order(ana))
    talk = Dialogue(parts, hers)

    await talk.says("Ich bin umgezogen: Hauptstraße 5, 10115 Berlin", "change_address")
    done = await talk.says("yes", "affirm")

    assert talk.said[0] == "utter_change_address_restate"
    assert done.names == ["utter_change_address_done", "utter_change_address_open_orders"]
    moved = (await _again(sessions, ana)).address
    assert moved == PostalAddress("Hauptstraße 5", "10115", "Berlin", "DE")
    assert [message.address for message in await written(sessions)] == ["ana@example.com"]


@pytest.mark.parametrize(
    ("said", "entities", "begins"),
    [
        ("E-mail address", {"choice": "email"}, "action_change_email"),
        ("the phone number", {}, "action_change_phone"),
        ("the last one", {"position": "-1"}, "action_change_name"),
    ],
)
async def test_what_is_to_be_changed_is_asked_and_gone_on_with(
    sessions: SessionFactory, parts: Parts, said: str, entities: dict[str, str], begins: str
) -> None:
    talk = Dialogue(parts, await a_stranger(sessions))

    asked = await talk.says("update my account", "edit_account")
    chosen = await talk.says(said, "inform", entities)

    assert asked.names == ["utter_edit_account_ask"]
    assert len(asked.responses[0]["buttons"]) == 4
    assert chosen.followup == begins
    assert chosen.slots["errands"] is None


async def test_an_account_is_opened_after_a_yes_and_a_code(
    sessions: SessionFactory, parts: Parts
) -> None:
    stranger = await a_stranger(sessions)
    talk = Dialogue(parts, stranger)

    await talk.says("I want to open an account", "create_account")
    await talk.says("Neo Neumann", "inform")
    agreed = await talk.says(NEO, "inform", email=NEO)
    assert await _customers(sessions) == []
    await talk.says("yes", "affirm")
    done = await talk.says(await code_sent_to(sessions, NEO), "inform")

    assert talk.said == [
        "utter_create_account_name",
        "utter_create_account_email",
        "utter_create_account_restate",
        "utter_contact_code_sent",
        "utter_create_account_done",
    ]
    assert agreed.responses[0]["person"] == "Neo Neumann"
    [customer] = await _customers(sessions)
    assert done.responses[0]["customer_number"] == customer.number
    assert (await _conversation(sessions, stranger)).current_level(NOW) is Level.verified


async def test_nobody_learns_from_it_whether_an_address_has_an_account(
    sessions: SessionFactory, parts: Parts
) -> None:
    await ana_is_known(sessions)
    heard = []
    for email in ("ana@example.com", "nobody@example.com"):
        talk = Dialogue(parts, await a_stranger(sessions))
        await talk.says("open an account, my name is Neo Neumann", "create_account")
        await talk.says(email, "inform", email=email)
        await talk.says("yes", "affirm")
        await talk.says(
            "000000" if email[0] == "a" else another(await code_sent_to(sessions, email)), "inform"
        )
        heard.append((talk.said, talk.slots["question"], talk.slots["awaits"]))

    assert heard[0] == heard[1]
    to_ana, _ = await written(sessions)
    assert "{code}" not in to_ana.text
    assert not any(digit in to_ana.text for digit in "0123456789")


async def test_who_has_an_account_is_not_given_another(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)

    refused = await Dialogue(parts, hers).says("open an account", "create_account")

    assert refused.names == ["utter_create_account_known"]


async def test_who_wants_to_be_known_proves_it(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await a_stranger(sessions), {"wish": "action_of_before"})

    heard = await talk.run(ActionIdentify, "this is Ana Ruiz", intent="identify")

    assert heard.followup == "verification_form"
    assert heard.slots["wish"] is None


async def test_who_is_known_is_told_so(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)

    heard = await Dialogue(parts, hers).run(ActionIdentify, "it is me", intent="identify")

    assert (heard.names, heard.followup) == (["utter_identified_already"], None)


@pytest.mark.parametrize("level", [Level.claimed, Level.verified, Level.strong])
async def test_another_account_begins_with_nothing_of_the_first(
    sessions: SessionFactory, parts: Parts, level: Level
) -> None:
    _, hers = await ana_is_known(sessions, level=level)
    before = {"order_number": "A-17", "errands": [{"errand": "action_change_name"}]}
    talk = Dialogue(parts, hers, before)

    heard = await talk.run(ActionSwitchAccount, "my other account", intent="switch_account")

    now = await _conversation(sessions, hers)
    assert (now.customer_id, now.level) == (None, Level.anonymous)
    assert heard.names == ["utter_account_left"]
    assert heard.followup == "verification_form"
    assert (talk.slots["order_number"], talk.slots["errands"]) == (None, None)


@pytest.mark.parametrize("email", ["ana@example.com", "nobody@example.com"])
async def test_a_link_is_promised_alike_whether_the_address_is_known_or_not(
    sessions: SessionFactory, parts: Parts, email: str
) -> None:
    await ana_is_known(sessions)
    talk = Dialogue(parts, await a_stranger(sessions))

    await talk.says("I forgot my password", "login_problem")
    await talk.says(email, "inform", email=email)

    assert talk.said == ["utter_login_email_ask", "utter_login_password_done"]
    links = [message.text for message in await written(sessions)]
    assert len(links) == (email == "ana@example.com")
    assert all("https://" in link for link in links)


async def test_who_is_known_need_not_say_where_the_link_goes(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)

    heard = await Dialogue(parts, hers).says("mein Konto ist gesperrt", "login_problem")

    assert heard.names == ["utter_login_locked_done"]
    assert len(await written(sessions)) == 1


async def test_links_are_not_sent_without_end(sessions: SessionFactory, parts: Parts) -> None:
    await ana_is_known(sessions)
    talk = Dialogue(parts, await a_stranger(sessions))

    for _ in range(4):
        await talk.says("forgot password", "login_problem", email="ana@example.com")

    assert talk.said[-1] == "utter_too_many_codes"
    assert len(await written(sessions)) == 3


async def test_what_no_link_helps_with_is_a_case(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await a_stranger(sessions))

    asked = await talk.says("I have a problem", "login_problem")
    await talk.says("Something else", "inform", choice="other")
    done = await talk.says("the page stays white after I click", "nlu_fallback")

    assert len(asked.responses[0]["buttons"]) == 4
    assert done.names == ["utter_login_case"]
    async with sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.kind, case.text) == (CaseKind.login, "the page stays white after I click")
    assert done.responses[0]["case_number"] == case.number


async def _again(sessions: SessionFactory, customer: Customer) -> Customer:
    async with sessions() as session:
        return await session.get_one(Customer, customer.id)


async def _conversation(sessions: SessionFactory, conversation: Conversation) -> Conversation:
    async with sessions() as session:
        return await session.get_one(Conversation, conversation.id)


async def _customers(sessions: SessionFactory) -> Sequence[Customer]:
    async with sessions() as session:
        return (await session.scalars(select(Customer))).all()
