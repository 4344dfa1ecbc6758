"""Digits that may be a PIN leave a message before anybody keeps or reads it."""

from uuid import uuid4

import pytest

from channels.hiding import Hiding
from channels.messages import Choice, InboundMessage
from crm_store.base import Json
from crm_store.conversations.models import Channel
from crm_store.sealing import BrokenSeal, Seal
from tests.builders import a_conversation

pytestmark = pytest.mark.unit

SEAL = Seal("a secret", "pins")
ASKED_FOR_PIN: Json = {"awaits": {"what": "pin"}}
ASKED_FOR_CODE: Json = {"requested_slot": "code"}


def hidden(text: str, slots: Json, channel: Channel = Channel.chat) -> InboundMessage:
    conversation = a_conversation(channel=channel)
    conversation.slots = slots
    return Hiding(SEAL).hide(InboundMessage(uuid4(), text), conversation)


@pytest.mark.parametrize(
    ("text", "shown", "digits"),
    [
        ("4711", "••••", "4711"),
        ("it is 47 11 09", "it is •• •• ••", "471109"),
        (" 25801 ", " ••••• ", "25801"),
    ],
)
def test_a_pin_that_was_asked_for_travels_sealed(text: str, shown: str, digits: str) -> None:
    message = hidden(text, ASKED_FOR_PIN)

    assert (message.text, message.recorded) == (shown, shown)
    assert message.choice == Choice(shown, "inform")
    assert message.sealed is not None
    assert SEAL.open(message.sealed) == digits


def test_what_a_caller_keys_in_for_a_code_may_be_a_pin() -> None:
    message = hidden("4711", ASKED_FOR_CODE, Channel.phone)

    assert message.recorded == "••••"
    assert message.sealed is not None


@pytest.mark.parametrize("text", ["meine PIN soll 4711 sein", "set my pin to 471109"])
def test_a_pin_that_was_not_asked_for_is_seen_by_nobody(text: str) -> None:
    message = hidden(text, {})

    assert not set("4719") & set(message.text + message.recorded)
    assert (message.sealed, message.choice) == (None, None)


@pytest.mark.parametrize(
    ("text", "slots", "channel"),
    [
        ("4711", {}, Channel.chat),
        ("471109", ASKED_FOR_CODE, Channel.chat),
        ("my order is 10482", ASKED_FOR_CODE, Channel.phone),
        ("keine PIN mehr", ASKED_FOR_PIN, Channel.chat),
        ("4711 oder 4712", ASKED_FOR_PIN, Channel.chat),
    ],
)
def test_anything_else_stays_what_it_is(text: str, slots: Json, channel: Channel) -> None:
    message = hidden(text, slots, channel)

    assert (message.text, message.sealed) == (text, None)


def test_no_other_seal_opens_it() -> None:
    with pytest.raises(BrokenSeal):
        Seal("a secret", "second factors").open(SEAL.close("4711"))
