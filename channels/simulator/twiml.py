"""TwiML as the simulator obeys it; what it does not know it refuses, as a test would want."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_RELAY_ATTRIBUTES = frozenset(
    {
        *("url", "welcomeGreeting", "welcomeGreetingInterruptible", "language", "ttsLanguage"),
        *("ttsProvider", "voice", "transcriptionLanguage", "transcriptionProvider", "speechModel"),
        *("interruptible", "interruptSensitivity", "dtmfDetection", "preemptible", "hints"),
        *("reportInputDuringAgentSpeech", "debug", "events", "speechTimeout", "partialPrompts"),
        *("profanityFilter", "ignoreBackchannel"),
    }
)


class Refused(Exception):  # noqa: N818 - it is what Twilio does with what we sent
    """Twilio would not have accepted this."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a sentence."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Connect the call to a socket."""

    url: str
    action: str
    language: str
    greeting: str = ""
    greeting_interruptible: bool = True
    interruptible: bool = True
    keys: bool = False
    speaker_events: bool = False
    languages: frozenset[str] = frozenset()
    parameters: dict[str, str] = field(default_factory=dict)


Verb = Say | Hangup | Relay


def verbs(document: str) -> list[Verb]:
    """Return what a TwiML document asks for, in order, or raise Refused."""
    try:
        # It comes from the server that is being tried out, and from nobody else.
        response = ElementTree.fromstring(document)  # noqa: S314
    except ElementTree.ParseError as error:
        raise Refused("the answer is not XML") from error
    if response.tag != "Response":
        raise Refused(f"<{response.tag}> where <Response> belongs")
    return list(_verbs(response))


def _verbs(response: Element) -> Iterator[Verb]:
    for element in response:
        match element.tag:
            case "Say":
                yield Say(element.text or "", element.get("language", "en-US"))
            case "Hangup":
                yield Hangup()
            case "Connect":
                yield _relay(element)
            case other:
                raise Refused(f"the simulator does not know <{other}>")


def _relay(connect: Element) -> Relay:
    nouns = list(connect)
    if [noun.tag for noun in nouns] != ["ConversationRelay"]:
        raise Refused("<Connect> must hold one <ConversationRelay>")
    noun = nouns[0]
    unknown = set(noun.keys()) - _RELAY_ATTRIBUTES
    if unknown:
        raise Refused(f"<ConversationRelay> has no attribute {', '.join(sorted(unknown))}")
    url = noun.get("url", "")
    if not url.startswith(("wss://", "ws://")):
        raise Refused("<ConversationRelay> needs the url of a socket")
    return Relay(
        url=url,
        action=connect.get("action", ""),
        language=noun.get("language", "en-US"),
        greeting=noun.get("welcomeGreeting", ""),
        greeting_interruptible=_interruptible(noun.get("welcomeGreetingInterruptible")),
        interruptible=_interruptible(noun.get("interruptible")),
        keys=noun.get("dtmfDetection") == "true",
        speaker_events="speaker-events" in noun.get("events", "").split(),
        languages=frozenset(child.get("code", "") for child in noun if child.tag == "Language"),
        parameters={
            child.get("name", ""): child.get("value", "")
            for child in noun
            if child.tag == "Parameter"
        },
    )


def _interruptible(value: str | None) -> bool:
    return value not in {"none", "false", "dtmf"}
