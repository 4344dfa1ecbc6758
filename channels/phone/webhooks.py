"""The fields of Twilio's webhooks that we read; the many others are passed over."""

from typing import Self

from fastapi import HTTPException, status
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_pascal

from channels.phone.signature import Form
from crm_store.callbacks.models import CallOutcome
from crm_store.legs.models import Happening, RoomEvent

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""The states of a call that is no more."""


class Webhook(BaseModel):
    """What every webhook says of its call."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore", frozen=True)

    call_sid: str = Field(min_length=1, max_length=64)
    account_sid: str = ""
    call_status: str = ""

    @property
    def over(self) -> bool:
        """Whether the caller is gone."""
        return self.call_status in OVER

    @classmethod
    def read(cls, form: Form) -> Self:
        """Return the webhook in a form; one that is none is refused."""
        try:
            return cls.model_validate(form)
        except ValidationError as error:
            raise HTTPException(status.HTTP_400_BAD_REQUEST) from error


class Ringing(Webhook):
    """Somebody calls. A withheld number is a word, or empty; it never proves who calls."""

    from_: str = Field(default="", alias="From")
    to: str = ""


class RelayEnded(Webhook):
    """The relay is over: we ended it, the caller hung up, or the socket was lost."""

    session_id: str = ""
    session_status: str = ""
    error_code: str = ""

    @property
    def ended(self) -> bool:
        """Whether we have ended it, for the call to go on otherwise."""
        return self.session_status == "ended" and not self.over

    @property
    def lost(self) -> bool:
        """Whether the caller is still there and hears nobody.

        Whoever was sent here by what stands by for us says nothing of a session.
        """
        return self.session_status in {"failed", ""} and not self.over


class Gathered(Webhook):
    """What the caller said or keyed in, or neither; Twilio's confidence in it tells nothing.

    Fields as in https://www.twilio.com/docs/voice/twiml/gather.
    """

    speech_result: str = ""
    digits: str = ""

    @property
    def anything(self) -> bool:
        """Whether the caller has done anything."""
        return bool(self.speech_result or self.digits)


class RecordingChanged(Webhook):
    """A recording has begun or ended, or there is none.

    Fields as in https://www.twilio.com/docs/voice/api/recording.
    """

    recording_sid: str = Field(min_length=1, max_length=64)
    recording_status: str = ""
    recording_duration: str = ""

    @property
    def seconds(self) -> int | None:
        """How long it is, if that is told."""
        return int(self.recording_duration) if self.recording_duration.isdecimal() else None


class StatusChanged(Webhook):
    """The call went into another state."""


class RoomChanged(Webhook):
    """Something happened in a conference.

    Fields as in https://www.twilio.com/docs/voice/twiml/conference.
    """

    call_sid: str = Field(default="", max_length=64)
    """Empty where a conference begins or ends."""
    conference_sid: str = ""
    status_callback_event: str = ""
    sequence_number: int = 0

    @property
    def event(self) -> RoomEvent | None:
        """What happened to one of those in it; None for anything else."""
        if self.status_callback_event not in set(Happening):
            return None
        happening = Happening(self.status_callback_event)
        return RoomEvent(happening, self.sequence_number, self.conference_sid, self.call_sid)


class RoomLeft(Webhook):
    """A call has come out of a conference, whose `<Dial>` is over."""

    dial_call_status: str = ""


MACHINES = frozenset({"machine_start", "machine_end_beep", "machine_end_silence", "fax"})
"""What `AnsweredBy` says where nobody has answered in person:
https://www.twilio.com/docs/voice/answering-machine-detection."""
OUTCOMES = {
    "completed": CallOutcome.answered,
    "busy": CallOutcome.busy,
    "no-answer": CallOutcome.no_answer,
    "failed": CallOutcome.failed,
    "canceled": CallOutcome.failed,
}


class CallbackChanged(Webhook):
    """A call that we make was answered, or is over."""

    answered_by: str = ""

    @property
    def by_machine(self) -> bool:
        """Whether nobody is there to speak with."""
        return self.answered_by in MACHINES

    @property
    def outcome(self) -> CallOutcome | None:
        """What became of it; None while it goes on."""
        return CallOutcome.machine if self.by_machine else OUTCOMES.get(self.call_status)
