"""What an application may send over the relay's socket, as strictly as Twilio takes it.

Written apart from the phone line's own models on purpose: one checks the other.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from channels.simulator.refusal import Refused


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Text(_Message):
    """Words to speak."""

    type: Literal["text"]
    token: str
    last: bool = False
    lang: str | None = None
    interruptible: bool = True
    preemptible: bool = False


class Play(_Message):
    """A sound to play."""

    type: Literal["play"]
    source: str
    loop: int = Field(default=1, ge=0)
    preemptible: bool = False
    interruptible: bool = True


class SendDigits(_Message):
    """Keys to press."""

    type: Literal["sendDigits"]
    digits: str = Field(pattern=r"^[0-9w#*]+$")


class Language(_Message):
    """Another language from here on."""

    type: Literal["language"]
    ttsLanguage: str | None = None  # noqa: N815 - as it is on the wire
    transcriptionLanguage: str | None = None  # noqa: N815 - as it is on the wire


class End(_Message):
    """The end of the relay."""

    type: Literal["end"]
    handoffData: str | None = None  # noqa: N815 - as it is on the wire


Sent = Text | Play | SendDigits | Language | End
_sent: TypeAdapter[Sent] = TypeAdapter(Annotated[Sent, Field(discriminator="type")])


def sent(frame: str | bytes) -> Sent:
    """Return the application's message, or raise Refused with what is wrong with it."""
    if isinstance(frame, bytes):
        raise Refused("the relay takes text frames only")
    try:
        message = _sent.validate_json(frame)
    except ValidationError as error:
        places = {".".join(str(part) for part in problem["loc"]) for problem in error.errors()}
        raise Refused(f"Invalid message received, at {', '.join(sorted(places))}") from error
    if isinstance(message, Language) and not (message.ttsLanguage or message.transcriptionLanguage):
        raise Refused("a language message names no language")
    return message


def setup(
    *, session: str, account: str, call: str, caller: str, called: str, parameters: dict[str, str]
) -> dict[str, Any]:
    """Return the first message of a session."""
    return {
        "type": "setup",
        "sessionId": session,
        "accountSid": account,
        "parentCallSid": "",
        "callSid": call,
        "from": caller,
        "to": called,
        "forwardedFrom": "",
        "callType": "PSTN",
        "callerName": "",
        "direction": "inbound",
        "callStatus": "RINGING",
        "customParameters": parameters,
    }
