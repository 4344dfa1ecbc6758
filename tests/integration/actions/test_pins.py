"""A PIN is chosen in writing, proves who calls, and is removed after a yes."""

from typing import Any

import pytest
from sqlalchemy import select

from actions import remove_pin, set_pin
from actions.answer import ActionAnswer
from actions.base import StoreAction
from actions.validate_verification_form import ValidateVerificationForm
from actions.wiring import Parts
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.claims import Claim
from crm_store.customers.models import CustomerPin, Level
from crm_store.customers.pins import Pins
from crm_store.customers.verification import Verification
from crm_store.db import SessionFactory
from tests.builders import NOW, a_conversation, a_tracker
from tests.integration.actions.conftest import Heard, Play, kept
from tests.integration.actions.proving import ana_is_known

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

PIN = "4711"


class Talk:
    """Says things whose digits the channel has sealed; slots go from turn to turn."""

    def __init__(self, parts: Parts, play: Play, conversation: Conversation) -> None:
        self._parts = parts
        self._play = play
        self._conversation = conversation
        self._slots: dict[str, Any] = {}

    async def says(
        self, action: type[StoreAction], intent: str, *, digits: str | None = None
    ) -> list[str]:
        facts = {} if digits is None else {"sealed": self._parts.seal.close(digits)}
        tracker = a_tracker(self._conversation, "••••", intent=intent, facts=facts, **self._slots)
        heard: Heard = await self._play(action, tracker)
        self._slots.update(heard.slots)
        assert digits is None or digits not in str(heard)
        return heard.names


async def is_set(sessions: SessionFactory) -> bool:
    async with sessions() as session:
        return (await session.scalars(select(CustomerPin))).one_or_none() is not None


async def test_a_pin_is_asked_for_and_kept(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Talk(parts, play, hers)

    asked = await talk.says(set_pin.ActionSetPin, "set_pin")
    easy = await talk.says(ActionAnswer, "inform", digits="1234")
    none = await talk.says(ActionAnswer, "inform")
    done = await talk.says(ActionAnswer, "inform", digits=PIN)

    assert asked == ["utter_pin_ask"]
    assert easy == ["utter_pin_too_easy", "utter_pin_ask_again"]
    assert none[-1] in {"utter_pin_ask_again", "utter_offer_person"}
    assert done == ["utter_pin_set"]
    assert await is_set(sessions)


async def test_a_pin_is_chosen_where_nobody_listens(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    _, hers = await ana_is_known(sessions, channel=Channel.phone)

    heard = await Talk(parts, play, hers).says(set_pin.ActionSetPin, "set_pin")

    assert heard == ["utter_pin_in_chat"]


async def test_a_pin_is_removed_after_a_yes(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Talk(parts, play, hers)
    none = await talk.says(remove_pin.ActionRemovePin, "remove_pin")
    await has_pin(sessions, parts, hers)

    asked = await talk.says(remove_pin.ActionRemovePin, "remove_pin")
    there = await is_set(sessions)
    done = await talk.says(ActionAnswer, "affirm")

    assert (none, asked) == (["utter_pin_none"], ["utter_pin_remove_restate"])
    assert there
    assert done == ["utter_pin_removed"]
    assert not await is_set(sessions)


async def test_a_caller_is_known_by_their_pin(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    ana, hers = await ana_is_known(sessions)
    await has_pin(sessions, parts, hers)
    call = await a_call(sessions, parts)

    wrong = await keys(play, parts, call, "8250")
    right = await keys(play, parts, call, PIN)

    assert wrong.names == ["utter_code_wrong"]
    assert right.slots == {"code": "checked"}
    async with sessions() as session:
        proved = await session.get_one(Conversation, call.id)
    assert (proved.customer_id, proved.level, proved.level_how) == (ana.id, Level.verified, "pin")


async def test_who_keys_in_the_wrong_one_three_times_is_asked_for_the_code(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    _, hers = await ana_is_known(sessions)
    await has_pin(sessions, parts, hers)
    call = await a_call(sessions, parts)

    heard = [(await keys(play, parts, call, "8250")).names for _ in range(3)]
    late = await keys(play, parts, call, PIN)

    assert heard[-1] == ["utter_code_wrong", "utter_pin_closed"]
    assert late.slots == {"code": None}


async def test_a_pin_proves_nothing_in_the_chat(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    _, hers = await ana_is_known(sessions)
    await has_pin(sessions, parts, hers)
    chat = await a_call(sessions, parts, channel=Channel.chat)

    heard = await keys(play, parts, chat, PIN)

    assert heard.slots == {"code": None}


async def has_pin(sessions: SessionFactory, parts: Parts, hers: Conversation) -> None:
    async with sessions.begin() as session:
        fresh = await session.get_one(Conversation, hers.id)
        await Pins(session, parts.hashes, parts.code_key).set(fresh, PIN, at=NOW)


async def a_call(
    sessions: SessionFactory, parts: Parts, *, channel: Channel = Channel.phone
) -> Conversation:
    call = a_conversation(channel=channel)
    await kept(sessions, call)
    async with sessions.begin() as session:
        fresh = await session.get_one(Conversation, call.id)
        claim = Claim(emails=frozenset({"ana@example.com"}))
        verification = Verification(session, parts.code_key)
        await verification.send_code(fresh, claim, words="{code}", at=NOW)
    return call


async def keys(play: Play, parts: Parts, call: Conversation, digits: str) -> Heard:
    return await play(
        ValidateVerificationForm,
        a_tracker(
            call,
            "••••",
            intent="inform",
            kind="chosen",
            facts={"sealed": parts.seal.close(digits)},
            form="verification_form",
            requested_slot="code",
        ),
    )
