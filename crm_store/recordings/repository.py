"""Every query on recordings of calls."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation, Handler
from crm_store.conversations.secrets import SECRETS_ASKED_FOR
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.steps import Around, Step, next_step


@dataclass(frozen=True, slots=True)
class Due:
    """A recording, and what is to be done with it."""

    id: UUID
    call: str
    recording: str | None
    step: Step


class RecordingRepository:
    """Reads and writes recordings, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def ask(self, conversation: Conversation) -> None:
        """Note that the caller is asked."""
        self._session.add(CallRecording(conversation_id=conversation.id, call=conversation.key))

    async def question(self, conversation_id: UUID) -> CallRecording | None:
        """Return what a caller was asked and has not answered."""
        found: CallRecording | None = await self._session.scalar(
            select(CallRecording).where(
                CallRecording.conversation_id == conversation_id,
                CallRecording.state == RecordingState.asked,
            )
        )
        return found

    async def of_each(
        self, conversations: Collection[UUID]
    ) -> Mapping[UUID, Sequence[CallRecording]]:
        """Return the recordings of each conversation that has any, without their sound."""
        rows = await self._session.scalars(
            select(CallRecording)
            .where(CallRecording.conversation_id.in_(conversations))
            .order_by(CallRecording.created_at)
        )
        found: defaultdict[UUID, list[CallRecording]] = defaultdict(list)
        for recording in rows:
            if recording.conversation_id is not None:
                found[recording.conversation_id].append(recording)
        return found

    async def sound(self, conversation_id: UUID) -> bytes | None:
        """Return what can be heard of a conversation."""
        sound: bytes | None = await self._session.scalar(
            select(CallRecording.sound).where(
                CallRecording.conversation_id == conversation_id,
                CallRecording.state == RecordingState.kept,
            )
        )
        return sound

    async def lock(self, recording_id: UUID) -> CallRecording | None:
        """Return a recording for this transaction alone; None once it has been erased."""
        return await self._session.get(CallRecording, recording_id, with_for_update=True)

    async def lock_by_number(self, call: str, recording: str) -> CallRecording | None:
        """Return a recording by its number, or the one that its call is about to begin."""
        unnumbered = and_(
            CallRecording.call == call,
            CallRecording.recording.is_(None),
            CallRecording.state == RecordingState.allowed,
        )
        found: CallRecording | None = await self._session.scalar(
            select(CallRecording)
            .where(or_(CallRecording.recording == recording, unnumbered))
            .order_by(CallRecording.recording.is_(None))
            .limit(1)
            .with_for_update()
        )
        return found

    async def disown(self, call: str, recording: str) -> None:
        """Have a recording deleted that belongs to nothing here."""
        orphan = insert(CallRecording).values(
            call=call, recording=recording, state=RecordingState.spoilt, at_company=True
        )
        await self._session.execute(orphan.on_conflict_do_nothing())

    async def take_due(self, *, at: datetime, lease: timedelta, most: int = 20) -> Sequence[Due]:
        """Return what is to be done now; it comes again after the lease unless done by then."""
        # A call may go on with another conversation than the one that it began.
        over = Conversation.id.is_(None)
        secret, withdrawn = _asks_for_secret(), _withdrawn()
        rows = await self._session.execute(
            select(CallRecording, over, secret, withdrawn)
            .outerjoin(Conversation, Conversation.call == CallRecording.call)
            .where(CallRecording.due_at <= at, _unsettled(over, secret, withdrawn))
            .order_by(CallRecording.due_at)
            .limit(most)
            .with_for_update(of=CallRecording, skip_locked=True)
        )
        due = [_due(recording, Around(*around)) for recording, *around in rows.all()]
        for recording, _ in due:
            recording.due_at = at + lease
        return [wanted for _, wanted in due if wanted is not None]

    async def move(self, call: str, conversation_id: UUID) -> None:
        """Let a recording belong where its call goes on; whoever was asked has passed over it."""
        theirs = CallRecording.call == call
        await self._session.execute(
            update(CallRecording).where(theirs).values(conversation_id=conversation_id)
        )
        await self._session.execute(
            update(CallRecording)
            .where(theirs, CallRecording.state == RecordingState.asked)
            .values(state=RecordingState.refused)
        )

    async def forget_old(self, before: datetime) -> None:
        """Remove the sound of recordings from before a moment."""
        await self._session.execute(
            update(CallRecording)
            .where(CallRecording.sound.is_not(None), CallRecording.created_at < before)
            .values(sound=None, state=RecordingState.removed)
        )


def _due(recording: CallRecording, around: Around) -> tuple[CallRecording, Due | None]:
    step = next_step(recording, around)
    if step is None:
        return recording, None
    return recording, Due(recording.id, recording.call, recording.recording, step)


def _unsettled(
    over: ColumnElement[bool],
    secret: ColumnElement[bool],
    withdrawn: ColumnElement[bool],
) -> ColumnElement[bool]:
    state = CallRecording.state
    not_at_work = state.not_in([RecordingState.running, RecordingState.paused])
    return or_(
        state.in_([RecordingState.allowed, RecordingState.ended]),
        and_(state == RecordingState.running, or_(over, secret, withdrawn)),
        and_(state == RecordingState.paused, or_(over, not_(secret), withdrawn)),
        and_(CallRecording.at_company, not_at_work, or_(over, state != RecordingState.spoilt)),
    )


def _asks_for_secret() -> ColumnElement[bool]:
    asked_for = (
        Conversation.slots["requested_slot"].astext,
        Conversation.slots["awaits"]["what"].astext,
    )
    asks = or_(*(func.coalesce(asked, "").in_(SECRETS_ASKED_FOR) for asked in asked_for))
    return func.coalesce(and_(Conversation.handler == Handler.bot, asks), not_(true()))


def _withdrawn() -> ColumnElement[bool]:
    return exists().where(
        Consent.conversation_id.in_([CallRecording.conversation_id, Conversation.id]),
        Consent.kind == ConsentKind.recording,
        Consent.given.is_(False),
        Consent.created_at > CallRecording.answered_at,
    )
