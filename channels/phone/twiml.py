"""What Twilio is to do with a call, always through its own builder, which escapes our words."""

from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml import TwiML
from twilio.twiml.voice_response import (
    Connect,
    ConversationRelay,
    Dial,
    Gather,
    Say,
    VoiceResponse,
)

from channels.phone.keys import ENDS_NUMBER
from channels.phone.wording import SPOKEN_IN, Sentence, say, with_language
from crm_store.base import Language

TICKET = "ticket"
"""The parameter that lets one socket in."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Twilio finds us again."""

    relay: str
    ended: str


@dataclass(frozen=True, slots=True)
class Room:
    """Where a caller and an agent speak, and where Twilio tells of it."""

    name: str
    events: str
    waiting: str
    """What is heard by whoever is alone in it; nothing if it is empty."""
    left: str
    """Asked how a call goes on that has come out of it."""
    ends: bool = True
    """Whether it is over for all once this call leaves it."""
    muted: bool = False
    """Whether nobody in it hears this call."""


def relay(
    addresses: Addresses,
    *,
    greeting: str,
    language: Language,
    ticket: str,
    hints: str,
    returns: bool = False,
) -> str:
    """Speak the greeting to its end, then let the caller talk to us over a socket.

    One that is lost is opened again if relays may return:
    https://www.twilio.com/en-us/changelog/conversation-relay--dynamic-configuration--application-reconnect.
    """
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
        hints=hints,
        events="speaker-events",
        **({"application_reconnect": True} if returns else {}),
    )
    for other in SPOKEN_IN.values():
        line.language(code=other)
    line.parameter(name=TICKET, value=ticket)
    connect.append(line)
    response.append(connect)
    return str(response)


def listen(
    next_turn: str,
    words: Sequence[Sentence],
    *,
    first: Sequence[Sentence] = (),
    language: Language,
    seconds: int,
    hints: str,
    keys: int | None = None,
) -> str:
    """Speak, and listen while that is spoken and for some seconds after; `first` is not skippable.

    So many keys are a whole answer; where none is named, a pause or `#` ends them.
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
        num_digits=keys,
        hints=hints,
    )
    _say(gather, words, language)
    response.append(gather)
    # Where nothing was heard, Twilio goes on to the next verb.
    response.redirect(_silent(next_turn), method="POST")
    return str(response)


def come_again(next_turn: str, words: Sequence[Sentence], *, language: Language) -> str:
    """Speak, and ask at once what comes next."""
    response = VoiceResponse()
    _say(response, words, language)
    response.redirect(_silent(next_turn), method="POST")
    return str(response)


def goodbye(language: Language, *sentences: Sentence) -> str:
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


def whisper(sentences: Sequence[tuple[Language, str]], *, chosen: str, seconds: int) -> str:
    """Tell an agent what a call is about, and ask for one key; silence is an answer too."""
    response = VoiceResponse()
    gather = Gather(
        input="dtmf",
        action=chosen,
        method="POST",
        num_digits=1,
        timeout=seconds,
        action_on_empty_result=True,
    )
    for language, sentence in sentences:
        _say(gather, [sentence], language)
    response.append(gather)
    return str(response)


def ask(chosen: str, question: str, *, hints: str, language: Language, seconds: int) -> str:
    """Ask something that one key or one word answers; silence is an answer too."""
    response = VoiceResponse()
    gather = Gather(
        input="dtmf speech",
        action=chosen,
        method="POST",
        language=SPOKEN_IN[language],
        num_digits=1,
        timeout=seconds,
        speech_timeout="auto",
        hints=hints,
        action_on_empty_result=True,
    )
    _say(gather, [question], language)
    response.append(gather)
    return str(response)


def join(room: Room, *, first: Sequence[Sentence] = (), language: Language) -> str:
    """Let a call into a room.

    Attributes as in https://www.twilio.com/docs/voice/twiml/conference.
    """
    response = VoiceResponse()
    _say(response, first, language)
    dial = Dial(action=room.left, method="POST")
    dial.conference(
        room.name,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=room.ends,
        muted=room.muted or None,
        wait_url=room.waiting,
        wait_method="POST",
        status_callback=room.events,
        status_callback_event="join leave hold",
        status_callback_method="POST",
    )
    response.append(dial)
    return str(response)


def keep_waiting(sentence: str, *, again: str, language: Language, seconds: int) -> str:
    """Say something now and again, for as long as it is played."""
    response = VoiceResponse()
    _say(response, [sentence], language)
    response.pause(length=seconds)
    response.redirect(again, method="POST")
    return str(response)


def hang_up() -> str:
    """End the call."""
    response = VoiceResponse()
    response.hangup()
    return str(response)


def _silent(next_turn: str) -> str:
    """Return the address that tells that nothing was said or keyed in."""
    address, mark, limits = next_turn.partition("#")
    return f"{address}?silent=true{mark}{limits}"


def _say(verb: TwiML, sentences: Sequence[Sentence], language: Language) -> None:
    for sentence in sentences:
        said = with_language(sentence, language)
        verb.append(Say(said.text, language=SPOKEN_IN[said.language]))
