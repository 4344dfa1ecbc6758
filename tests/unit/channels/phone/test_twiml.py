import pytest

from channels.phone import twiml
from channels.simulator.twiml import Hangup, Refused, Relay, Say, verbs
from crm_store.base import Language

pytestmark = pytest.mark.unit

AT = twiml.Addresses("wss://phone.example.com/phone/relay", "https://phone.example.com/phone/ended")
GREETING = 'Hallo </Say><Dial>+1</Dial> & "willkommen" <b>'


def test_a_call_is_connected_to_the_relay_in_the_callers_language() -> None:
    document = twiml.relay(AT, greeting=GREETING, language=Language.de, ticket="t&1")

    assert verbs(document) == [
        Relay(
            url=AT.relay,
            action=AT.ended,
            language="de-DE",
            greeting=GREETING,
            greeting_interruptible=False,
            interruptible=True,
            keys=True,
            speaker_events=True,
            languages=frozenset({"de-DE", "en-US"}),
            parameters={"ticket": "t&1"},
        )
    ]


def test_markup_in_words_stays_words() -> None:
    assert verbs(twiml.goodbye(GREETING, Language.en)) == [Say(GREETING, "en-US"), Hangup()]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<Response><Shout/></Response>",
        "<Answer/>",
        "<Response><Connect/></Response>",
        "<Response><Connect><ConversationRelay/></Connect></Response>",
        '<Response><Connect><ConversationRelay url="wss://a" interruptByDtmf="true"/>'
        "</Connect></Response>",
    ],
)
def test_the_simulator_refuses_what_it_cannot_obey(document: str) -> None:
    with pytest.raises(Refused):
        verbs(document)
