"""What Twilio is to do with a call, always through its own builder, which escapes our words."""

from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml import TwiML
from twilio.twiml.voice_response import Connect, ConversationRelay, Gather, Say, VoiceResponse

from channels.phone.keys import ENDS_NUMBER
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


def listen(
    next_turn: str,
    words: Sequence[str],
    *,
    first: Sequence[str] = (),
    language: Language,
    seconds: int,
) -> str:
    """Speak, and listen while that is spoken and for some seconds after; `first` is not skippable.

    Attributes as in https://www.twilio.com/docs/voice/twiml/gather.
    """
    response = VoiceResponse()
    _say(response, first, language)
    gather = Gather(
        input="dtmf speech",
        action=next_turn,
        method="POST",
        language=SPOKEN_IN[language],
        timeout=seconds,
        speech_timeout="auto",
        finish_on_key=ENDS_NUMBER,
        hints=say("hints", language),
    )
    _say(gather, words, language)
    response.append(gather)
    # Where nothing was heard, Twilio goes on to the next verb.
    response.redirect(next_turn, method="POST")
    return str(response)


def come_again(next_turn: str, words: Sequence[str], *, language: Language) -> str:
    """Speak, and ask at once what comes next."""
    response = VoiceResponse()
    _say(response, words, language)
    response.redirect(next_turn, method="POST")
    return str(response)


def goodbye(language: Language, *sentences: str) -> str:
    """Say something and hang up."""
    response = VoiceResponse()
    _say(response, sentences, language)
    response.hangup()
    return str(response)


def unreachable() -> str:
    """Say in every language that nothing works, and hang up."""
    response = VoiceResponse()
    for language in Language:
        _say(response, [say("unreachable", language)], language)
    response.hangup()
    return str(response)


def hang_up() -> str:
    """End the call."""
    response = VoiceResponse()
    response.hangup()
    return str(response)


def _say(verb: TwiML, sentences: Sequence[str], language: Language) -> None:
    for sentence in sentences:
        verb.append(Say(sentence, language=SPOKEN_IN[language]))
