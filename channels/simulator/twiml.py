"""TwiML as the simulator obeys it; what it does not know it refuses, as a test would want."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from channels.simulator.attributes import check_relay
from channels.simulator.refusal import Refused
from channels.simulator.verbs import (
    Conference,
    Gather,
    Hangup,
    Pause,
    Redirect,
    Relay,
    Say,
    Verb,
)

_RELAY_ATTRIBUTES = frozenset(
    {
        *("url", "welcomeGreeting", "welcomeGreetingInterruptible", "language", "ttsLanguage"),
        *("ttsProvider", "voice", "transcriptionLanguage", "transcriptionProvider", "speechModel"),
        *("interruptible", "interruptSensitivity", "dtmfDetection", "preemptible", "hints"),
        *("reportInputDuringAgentSpeech", "debug", "events", "speechTimeout", "partialPrompts"),
        *("profanityFilter", "ignoreBackchannel", "applicationReconnect"),
    }
)
# https://www.twilio.com/docs/voice/twiml/gather; bargeIn and maxSpeechTime are in the SDK only.
_GATHER_ATTRIBUTES = frozenset(
    {
        *("action", "method", "input", "timeout", "finishOnKey", "numDigits", "language", "hints"),
        *("speechTimeout", "speechModel", "enhanced", "profanityFilter", "actionOnEmptyResult"),
        *("partialResultCallback", "partialResultCallbackMethod", "bargeIn", "maxSpeechTime"),
        "debug",
    }
)
_INPUTS = frozenset({"dtmf", "speech"})
_MOST_HINTS, _LONGEST_HINT = 500, 100

# https://www.twilio.com/docs/voice/twiml/dial and /conference
_DIAL_ATTRIBUTES = frozenset(
    {
        *("action", "method", "timeout", "callerId", "answerOnBridge", "hangupOnStar"),
        *("timeLimit", "record", "ringTone", "sequential", "referUrl", "referMethod"),
    }
)
_CONFERENCE_ATTRIBUTES = frozenset(
    {
        *("muted", "beep", "startConferenceOnEnter", "endConferenceOnExit", "participantLabel"),
        *("waitUrl", "waitMethod", "maxParticipants", "record", "trim", "coach", "region"),
        *("statusCallback", "statusCallbackEvent", "statusCallbackMethod", "jitterBufferSize"),
        *("recordingStatusCallback", "recordingStatusCallbackEvent"),
        "recordingStatusCallbackMethod",
    }
)
_CONFERENCE_EVENTS = frozenset(
    {*("start", "end", "join", "leave", "mute", "hold"), *("modify", "speaker", "announcement")}
)


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
                yield _say(element)
            case "Hangup":
                yield Hangup()
            case "Gather":
                yield _gather(element)
            case "Redirect":
                yield Redirect((element.text or "").strip())
            case "Pause":
                yield Pause(_seconds(element, "length", 1))
            case "Connect":
                yield _relay(element)
            case "Dial":
                yield _conference(element)
            case other:
                raise Refused(f"the simulator does not know <{other}>")


def _say(element: Element) -> Say:
    return Say(element.text or "", element.get("language", "en-US"))


def _gather(element: Element) -> Gather:
    _know(element, _GATHER_ATTRIBUTES)
    if any(child.tag not in {"Say", "Play", "Pause"} for child in element):
        raise Refused("<Gather> may hold <Say>, <Play> and <Pause> only")
    _check_speech(element)
    return Gather(
        action=element.get("action", ""),
        language=element.get("language", "en-US"),
        inputs=frozenset(element.get("input", "dtmf").split()),
        timeout=_seconds(element, "timeout", 5),
        finish=element.get("finishOnKey", "#"),
        digits=_seconds(element, "numDigits", 1) if element.get("numDigits") else None,
        on_nothing=element.get("actionOnEmptyResult") == "true",
        says=tuple(_say(child) for child in element if child.tag == "Say"),
    )


def _check_speech(gather: Element) -> None:
    if not set(gather.get("input", "dtmf").split()) <= _INPUTS:
        raise Refused("<Gather> listens to dtmf and speech only")
    # https://www.twilio.com/docs/api/errors/13335
    if gather.get("speechTimeout", "auto") != "auto":
        _seconds(gather, "speechTimeout", 1)
    elif gather.get("speechModel"):
        raise Refused("speechTimeout auto cannot be used with a speechModel")
    hints = [hint for hint in gather.get("hints", "").split(",") if hint]
    if len(hints) > _MOST_HINTS or any(len(hint) > _LONGEST_HINT for hint in hints):
        raise Refused("<Gather> takes 500 hints of 100 characters at most")


def _conference(dial: Element) -> Conference:
    _know(dial, _DIAL_ATTRIBUTES)
    nouns = list(dial)
    if [noun.tag for noun in nouns] != ["Conference"]:
        raise Refused("the simulator dials one <Conference> only")
    noun = nouns[0]
    _know(noun, _CONFERENCE_ATTRIBUTES)
    told = frozenset(noun.get("statusCallbackEvent", "").split())
    if not told <= _CONFERENCE_EVENTS:
        raise Refused("<Conference> does not tell of all of these events")
    return Conference(
        name=(noun.text or "").strip(),
        action=dial.get("action", ""),
        starts=noun.get("startConferenceOnEnter") != "false",
        ends=noun.get("endConferenceOnExit") == "true",
        muted=noun.get("muted") == "true",
        waiting=noun.get("waitUrl", ""),
        events=noun.get("statusCallback", ""),
        told=told,
    )


def _know(element: Element, attributes: frozenset[str]) -> None:
    unknown = set(element.keys()) - attributes
    if unknown:
        raise Refused(f"<{element.tag}> has no attribute {', '.join(sorted(unknown))}")


def _seconds(element: Element, name: str, usual: int) -> int:
    value = element.get(name, str(usual))
    if not value.isdecimal() or int(value) == 0:
        raise Refused(f"{name} of <{element.tag}> must be a positive integer")
    return int(value)


def _relay(connect: Element) -> Relay:
    nouns = list(connect)
    if [noun.tag for noun in nouns] != ["ConversationRelay"]:
        raise Refused("<Connect> must hold one <ConversationRelay>")
    noun = nouns[0]
    _know(noun, _RELAY_ATTRIBUTES)
    check_relay(noun)
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
        reconnects=noun.get("applicationReconnect") == "true",
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
