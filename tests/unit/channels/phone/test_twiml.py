import pytest

from channels.phone import twiml
from channels.simulator.refusal import Refused
from channels.simulator.twiml import verbs
from channels.simulator.verbs import Conference, Gather, Hangup, Redirect, Relay, Say
from crm_store.base import Language

pytestmark = pytest.mark.unit

AT = twiml.Addresses("wss://phone.example.com/phone/relay", "https://phone.example.com/phone/ended")
NEXT = "https://phone.example.com/phone/gather/2"
SILENT = f"{NEXT}?silent=true"
GREETING = 'Hallo </Say><Dial>+1</Dial> & "willkommen" <b>'


def test_a_call_is_connected_to_the_relay_in_the_callers_language() -> None:
    document = twiml.relay(AT, greeting=GREETING, language=Language.de, ticket="t&1", hints="Verdi")

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
    assert verbs(twiml.goodbye(Language.en, GREETING)) == [Say(GREETING, "en-US"), Hangup()]


def test_whoever_listens_for_words_listens_for_keys_too_and_goes_on_after_silence() -> None:
    document = twiml.listen(
        NEXT, [GREETING], first=["Eins."], language=Language.de, seconds=5, hints="Verdi"
    )

    assert verbs(document) == [
        Say("Eins.", "de-DE"),
        Gather(
            action=NEXT,
            language="de-DE",
            inputs=frozenset({"dtmf", "speech"}),
            timeout=5,
            finish="#",
            says=(Say(GREETING, "de-DE"),),
        ),
        Redirect(SILENT),
    ]


def test_whoever_waits_is_told_something_first() -> None:
    document = twiml.come_again(NEXT, ["One moment."], language=Language.en)

    assert verbs(document) == [Say("One moment.", "en-US"), Redirect(SILENT)]


def test_a_caller_of_an_unknown_language_hears_all() -> None:
    said = [verb.language for verb in verbs(twiml.unreachable()) if isinstance(verb, Say)]

    assert said == ["de-DE", "en-US"]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<Response><Shout/></Response>",
        "<Answer/>",
        "<Response><Connect/></Response>",
        "<Response><Connect><ConversationRelay/></Connect></Response>",
        "<Response><Gather><Hangup/></Gather></Response>",
        '<Response><Gather input="speech eyes"/></Response>',
        '<Response><Gather timeout="0"/></Response>',
        '<Response><Gather speechTimeout="auto" speechModel="phone_call"/></Response>',
        '<Response><Gather interruptible="any"/></Response>',
        '<Response><Connect><ConversationRelay url="wss://a" interruptByDtmf="true"/>'
        "</Connect></Response>",
    ],
)
def test_the_simulator_refuses_what_it_cannot_obey(document: str) -> None:
    with pytest.raises(Refused):
        verbs(document)


def test_a_caller_is_let_into_a_room_that_ends_with_them() -> None:
    room = twiml.Room("r1", "https://a.example/events", "https://a.example/wait", "https://a.ex/l")

    assert verbs(twiml.join(room, first=["Moment."], language=Language.en)) == [
        Say("Moment.", "en-US"),
        Conference(
            name="r1",
            action=room.left,
            ends=True,
            waiting=room.waiting,
            events=room.events,
            told=frozenset({"join", "leave", "hold"}),
        ),
    ]


def test_an_agent_is_asked_for_one_key_in_two_languages() -> None:
    document = twiml.whisper(
        [(Language.en, "Said last:"), (Language.de, "Hallo")], chosen=NEXT, seconds=6
    )

    assert verbs(document) == [
        Gather(
            action=NEXT,
            language="en-US",
            inputs=frozenset({"dtmf"}),
            timeout=6,
            digits=1,
            on_nothing=True,
            says=(Say("Said last:", "en-US"), Say("Hallo", "de-DE")),
        )
    ]


def test_silence_is_told_before_what_only_twilio_reads() -> None:
    document = twiml.come_again(f"{NEXT}#rt=2700", [], language=Language.en)

    assert verbs(document) == [Redirect(f"{SILENT}#rt=2700")]
