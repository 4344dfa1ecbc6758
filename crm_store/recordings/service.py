"""The steps of a recording, each with everything that belongs to it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.repository import Due, RecordingRepository
from crm_store.recordings.steps import MOST_ATTEMPTS, REPORT_LOST_AFTER, Step, pause_after

RUNNING, COMPLETED, ABSENT = "in-progress", "completed", "absent"
"""What Twilio tells of a recording: https://www.twilio.com/docs/voice/api/recording."""
_UNDER_WAY = {RecordingState.allowed, RecordingState.running, RecordingState.paused}


@dataclass(frozen=True, slots=True)
class Said:
    """How a caller has answered; in words or by a key."""

    text: str
    kind: Kind
    client_id: str


def ask(session: AsyncSession, conversation: Conversation) -> None:
    """Ask a caller, whose conversation is locked, whether the call may be recorded."""
    RecordingRepository(session).ask(conversation)
    ConversationRepository(session).add(conversation, Author.system, kind=Kind.recording_asked)


async def answer(
    session: AsyncSession, conversation_id: UUID, *, allowed: bool, said: Said, at: datetime
) -> Message | None:
    """Write down a caller's yes or no, or return None: nothing was asked, or all is answered."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock(conversation_id)
    question = await RecordingRepository(session).question(conversation_id)
    if question is None or conversation.handler is not Handler.bot:
        return None
    conversation.heard_from_customer(at)
    message = conversations.add(
        conversation, Author.customer, said.text, kind=said.kind, client_id=said.client_id
    )
    _note(question, allowed=allowed, at=at)
    conversations.add(
        conversation,
        Author.system,
        kind=Kind.recording_allowed if allowed else Kind.recording_refused,
    )
    await ConsentRepository(session).allow_recording(
        conversation, given=allowed, at=at, cause=message.id
    )
    return message


async def ask_again(session: AsyncSession, conversation_id: UUID) -> None:
    """Ask a caller once more who has not answered, in the language that they have chosen now."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock(conversation_id)
    if await RecordingRepository(session).question(conversation_id) is not None:
        conversations.add(conversation, Author.system, kind=Kind.recording_asked)


async def pass_over(session: AsyncSession, conversation_id: UUID, *, at: datetime) -> None:
    """Take it for a no that a caller speaks of something else instead of answering."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock(conversation_id)
    question = await RecordingRepository(session).question(conversation_id)
    if question is not None:
        _note(question, allowed=False, at=at)
        conversations.add(conversation, Author.system, kind=Kind.recording_passed_over)


async def begun(session: AsyncSession, due: Due, recording: str) -> None:
    """Note the number under which the phone company records."""
    repository = RecordingRepository(session)
    kept = await repository.lock(due.id)
    if kept is None or kept.recording not in {None, recording}:
        await repository.disown(due.call, recording)
    elif kept.recording is None:
        _begin(kept, recording)


async def reported(
    session: AsyncSession,
    *,
    call: str,
    recording: str,
    status: str,
    seconds: int | None,
    at: datetime,
) -> None:
    """Take in what the phone company tells; it may come late, again, and in any order."""
    repository = RecordingRepository(session)
    kept = await repository.lock_by_number(call, recording)
    if kept is None:
        await repository.disown(call, recording)
        return
    if kept.recording is None:
        _begin(kept, recording)
    if status != RUNNING and kept.state in _UNDER_WAY:
        _end(kept, status, seconds, at)


async def done(
    session: AsyncSession, due: Due, *, at: datetime, sound: bytes | None = None
) -> None:
    """Note that a step was taken."""
    kept = await RecordingRepository(session).lock(due.id)
    if kept is None:
        return
    kept.attempts, kept.due_at = 0, at
    match due.step:
        case Step.pause | Step.resume if kept.state in _UNDER_WAY:
            paused = due.step is Step.pause
            kept.state = RecordingState.paused if paused else RecordingState.running
        case Step.await_report if kept.state in _UNDER_WAY:
            kept.attempts, kept.due_at = 1, at + REPORT_LOST_AFTER
        case Step.end if kept.state in _UNDER_WAY:
            kept.state = RecordingState.ended
        case Step.fetch:
            kept.state, kept.sound = RecordingState.kept, sound
        case Step.spoil:
            kept.state = RecordingState.spoilt
        case Step.give_up:
            kept.state = RecordingState.failed
        case Step.delete:
            kept.at_company = False
        case _:
            pass


async def failed(session: AsyncSession, due: Due, *, at: datetime) -> None:
    """Try a step again later; what could not be paused is not kept, for a secret may be on it."""
    kept = await RecordingRepository(session).lock(due.id)
    if kept is None:
        return
    kept.attempts += 1
    kept.due_at = at + pause_after(kept.attempts)
    if due.step is Step.pause and kept.state in _UNDER_WAY:
        kept.state = RecordingState.spoilt
    elif kept.attempts >= MOST_ATTEMPTS and due.step in {Step.start, Step.fetch}:
        kept.state, kept.attempts = RecordingState.failed, 0


def _note(question: CallRecording, *, allowed: bool, at: datetime) -> None:
    question.state = RecordingState.allowed if allowed else RecordingState.refused
    question.answered_at = question.due_at = at


def _begin(kept: CallRecording, recording: str) -> None:
    kept.recording, kept.at_company = recording, True
    if kept.state is RecordingState.allowed:
        kept.state = RecordingState.running


def _end(kept: CallRecording, status: str, seconds: int | None, at: datetime) -> None:
    kept.due_at, kept.attempts = at, 0
    match status:
        case "completed":
            kept.state, kept.seconds = RecordingState.ended, seconds
        case "absent":
            kept.state, kept.at_company = RecordingState.absent, False
        case _:
            kept.state = RecordingState.failed
