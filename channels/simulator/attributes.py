"""The values that attributes of `<ConversationRelay>` may have; Twilio drops a call over others.

https://www.twilio.com/docs/voice/twiml/connect/conversationrelay
"""

from xml.etree.ElementTree import Element

from channels.simulator.refusal import Refused

_WHO_INTERRUPTS = frozenset({"none", "dtmf", "speech", "any", "true", "false"})
_YES_OR_NO = frozenset({"true", "false"})
_VALUES = {
    "welcomeGreetingInterruptible": _WHO_INTERRUPTS,
    "interruptible": _WHO_INTERRUPTS,
    "reportInputDuringAgentSpeech": frozenset({"none", "dtmf", "speech", "any"}),
    "interruptSensitivity": frozenset({"low", "medium", "high"}),
    "dtmfDetection": _YES_OR_NO,
    "preemptible": _YES_OR_NO,
    "partialPrompts": _YES_OR_NO,
    "profanityFilter": _YES_OR_NO,
    "ignoreBackchannel": _YES_OR_NO,
    "applicationReconnect": _YES_OR_NO,
}
_EVENTS = frozenset({"speaker-events", "tokens-played"})
_LANGUAGE = frozenset(
    {"code", "ttsProvider", "voice", "transcriptionProvider", "speechModel", "customSounds"}
)
_SHORTEST_PAUSE, _LONGEST_PAUSE = 600, 5000
"""Of `speechTimeout`, in milliseconds."""


def check_relay(noun: Element) -> None:
    """Raise Refused for an attribute that has no such value, or a child that lacks one."""
    for name, values in _VALUES.items():
        if noun.get(name) is not None and noun.get(name) not in values:
            raise Refused(f"{name} of <ConversationRelay> has no such value")
    if not set(noun.get("events", "").split()) <= _EVENTS:
        raise Refused("<ConversationRelay> tells of no such events")
    _check_pause(noun.get("speechTimeout", "auto"))
    for child in noun:
        _check_child(child)


def _check_pause(value: str) -> None:
    if value != "auto" and not (
        value.isdecimal() and _SHORTEST_PAUSE <= int(value) <= _LONGEST_PAUSE
    ):
        raise Refused("speechTimeout is auto, or 600 to 5000 milliseconds")


def _check_child(child: Element) -> None:
    match child.tag:
        case "Language" if child.get("code") and set(child.keys()) <= _LANGUAGE:
            pass
        case "Parameter" if child.get("name") and set(child.keys()) == {"name", "value"}:
            pass
        case _:
            raise Refused(f"<ConversationRelay> cannot hold this <{child.tag}>")
