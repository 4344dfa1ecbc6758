"""The messages of a relay session, as Twilio's ConversationRelay documents them.

What comes in is read leniently: fields may be empty, and unknown ones or whole unknown messages
are passed over. What goes out is exact, since Twilio drops a malformed message.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel


class Incoming(BaseModel):
    """A message from Twilio."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


class Setup(Incoming):
    """The first message: which call this is, and what our TwiML passed along."""

    type: Literal["setup"]
    session_id: str = ""
    account_sid: str = ""
    call_sid: str = ""
    direction: str = ""
    custom_parameters: dict[str, str] = Field(default_factory=dict)


class Prompt(Incoming):
    """What the caller said; `last` is False while they are still speaking."""

    type: Literal["prompt"]
    voice_prompt: str = ""
    lang: str = ""
    last: bool = True


class Dtmf(Incoming):
    """A key that the caller pressed."""

    type: Literal["dtmf"]
    digit: str = ""


class Interrupt(Incoming):
    """The caller spoke over us and heard this much."""

    type: Literal["interrupt"]
    utterance_until_interrupt: str = ""
    duration_until_interrupt_ms: int | None = None


class Info(Incoming):
    """What Twilio observed, such as that our words have been played (`speaker-events`)."""

    type: Literal["info"]
    name: str = ""
    value: str = ""

    @property
    def finished_speaking(self) -> bool:
        """Whether the caller has heard everything that we sent."""
        return self.name == "agentSpeaking" and self.value == "off"


class Error(Incoming):
    """What Twilio could not do with our last message."""

    type: Literal["error"]
    description: str = ""


Received = Setup | Prompt | Dtmf | Interrupt | Info | Error
_received: TypeAdapter[Received] = TypeAdapter(Annotated[Received, Field(discriminator="type")])


def received(frame: str) -> Received | None:
    """Return the message in a frame; None for a kind that we do not know."""
    try:
        return _received.validate_json(frame)
    except ValidationError:
        return None


class Outgoing(BaseModel):
    """A message to Twilio."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", frozen=True
    )

    def frame(self) -> str:
        """Return it as it goes over the socket."""
        return self.model_dump_json(by_alias=True, exclude_none=True)


class Text(Outgoing):
    """Words to speak; `last` ends our part of the talk."""

    type: Literal["text"] = "text"
    token: str
    last: bool = True
    lang: str | None = None
    interruptible: bool | None = None


class SwitchLanguage(Outgoing):
    """From here on we speak and listen in another language."""

    type: Literal["language"] = "language"
    tts_language: str
    transcription_language: str


class End(Outgoing):
    """The relay is over; Twilio then asks our `<Connect action>` how the call goes on."""

    type: Literal["end"] = "end"
    handoff_data: str
    """JSON as a string. It is kept in Twilio's logs: an opaque id and a reason, nothing else."""


ToTwilio = Text | SwitchLanguage | End
