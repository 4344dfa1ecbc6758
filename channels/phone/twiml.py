"""What Twilio is to do with a call, always through its own builder, which escapes our words."""

from dataclasses import dataclass

from twilio.twiml.voice_response import Connect, ConversationRelay, VoiceResponse

from channels.phone.wording import SPOKEN_IN, say
from crm_store.base import Language

TICKET = "ticket"
"""The parameter that lets one socket in."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Twilio finds us again."""

    relay: str
    ended: str


def relay(addresses: Addresses, *, greeting: str, language: Language, ticket: str) -> str:
    """Speak the greeting to its end, then let the caller talk to us over a socket."""
    response = VoiceResponse()
    connect = Connect(action=addresses.ended, method="POST")
    line = ConversationRelay(
        url=addresses.relay,
        # The disclosure that a machine speaks is in it: nobody may skip it.
        welcome_greeting=greeting,
        welcome_greeting_interruptible="none",
        language=SPOKEN_IN[language],
        interruptible="any",
        dtmf_detection=True,
        hints=say("hints", language),
        events="speaker-events",
    )
    for other in SPOKEN_IN.values():
        line.language(code=other)
    line.parameter(name=TICKET, value=ticket)
    connect.append(line)
    response.append(connect)
    return str(response)


def goodbye(sentence: str, language: Language) -> str:
    """Say one sentence and hang up."""
    response = VoiceResponse()
    response.say(sentence, language=SPOKEN_IN[language])
    response.hangup()
    return str(response)


def hang_up() -> str:
    """End the call."""
    response = VoiceResponse()
    response.hangup()
    return str(response)
