"""What a caller without a relay does, put on record once."""

from dataclasses import dataclass, replace
from uuid import UUID

from channels.messages import InboundMessage
from channels.phone.codes import Refused
from channels.phone.keys import ChatCode, Cleared, Meaning, meant
from channels.phone.moment import Moment, moment_of, said
from channels.phone.parts import Parts
from channels.phone.permission import answer_by, answer_in
from channels.phone.webhooks import Gathered
from crm_store.errors import SameIdOtherWords, WrongHandler


@dataclass(frozen=True, slots=True)
class Taken:
    """What has become of what a caller did."""

    seq: int
    """The number of the last message that is to be answered."""
    back: bool = False
    """Whether they took back the number that they were keying in."""
    refused: Refused | None = None
    """Why the code from the chat that they keyed in leads nowhere."""
    lost: bool = False
    """Whether it has not reached us."""


class Taking:
    """Understands what requests bring; the same request is the same deed."""

    def __init__(self, parts: Parts) -> None:
        self._sessions = parts.sessions
        self._turns = parts.turns
        self._codes = parts.codes
        self._spoken_codes = parts.spoken_codes
        self._permission = parts.permission

    async def take(self, heard: Gathered, conversation_id: UUID, number: int) -> Taken:
        """Put on record what the caller did, under the number of the answer that it asks for."""
        async with self._sessions() as session:
            moment = await moment_of(session, conversation_id)
        nothing = Taken(moment.conversation.last_seq)
        entry = f"{heard.call_sid}:{number}"
        match meant(heard.digits, moment.expected):
            case Cleared():
                return replace(nothing, back=True)
            case ChatCode(digits):
                call = heard.call_sid
                refused = await self._codes.enter(conversation_id, call, digits, entry=entry)
                return replace(nothing, refused=refused)
            case meaning:
                message = _message(moment, heard, meaning)
        if message is None:
            return nothing
        try:
            message = replace(message, client_id=entry)
            return Taken(await self._enter(moment, heard, meaning, message))
        except (WrongHandler, SameIdOtherWords):
            # Closed meanwhile, or understood otherwise at the first delivery, which counts.
            return nothing

    async def _enter(
        self,
        moment: Moment,
        heard: Gathered,
        meaning: Meaning | None,
        message: InboundMessage,
    ) -> int:
        """Return the number of the last message that is to be answered then."""
        if meaning is None and (refused := await self._spoken_codes.refuse(message)) is not None:
            return refused
        if moment.asked:
            answer = answer_in(heard.speech_result) if meaning is None else answer_by(meaning)
            return await self._permission.take(message, answer)
        return (await self._turns.take(message)).seq


def _message(moment: Moment, heard: Gathered, meaning: Meaning | None) -> InboundMessage | None:
    match meaning:
        case None:
            return said(moment.conversation.id, heard.speech_result)
        case Cleared() | ChatCode():
            return None
        case _:
            return moment.keyed(meaning)
