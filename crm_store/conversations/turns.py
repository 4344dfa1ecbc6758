"""Every query on turns: which are owed, who works on one, how it ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation, Kind, Message, Turn, TurnState
from crm_store.conversations.replies import GREETED
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository

_OWED = (TurnState.waiting, TurnState.running)


class TurnRepository:
    """Hands out turns one at a time per conversation."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def owe(
        self,
        conversation: Conversation,
        message: Message,
        *,
        text: str = "",
        choice: Json | None = None,
        facts: Json | None = None,
    ) -> Turn:
        """Note that the bot owes an answer to a message, and what it is to be asked.

        `text` is what was said, which the message may keep masked; `choice` names the intent and
        the entities that are meant, because they were on offer or a rule says so. Days that are
        named are reckoned from the shop's today.
        """
        shop = (await PolicyRepository(self._session).current()).shop
        turn = Turn(
            conversation_id=conversation.id,
            seq=message.seq,
            message_id=message.id,
            epoch=conversation.epoch,
            written=0,
            request={
                "kind": message.kind if choice is None else Kind.chosen,
                "text": text,
                "choice": choice,
                "channel": conversation.medium,
                "language": conversation.language,
                "today": local_day(shop, utc_now()).isoformat(),
                "facts": facts or {},
            },
        )
        self._session.add(turn)
        return turn

    async def of_seq(self, conversation_id: UUID, seq: int) -> Turn | None:
        """Return the turn that a message has led to, if the bot owed one."""
        found: Turn | None = await self._session.scalar(
            select(Turn).where(Turn.conversation_id == conversation_id, Turn.seq == seq)
        )
        return found

    async def latest_intent(self, conversation_id: UUID) -> str | None:
        """Return what the customer's last message was understood as, if it was answered."""
        found: str | None = await self._session.scalar(
            select(Turn.intent)
            .where(Turn.conversation_id == conversation_id)
            .order_by(Turn.seq.desc())
            .limit(1)
        )
        return found

    async def take_next(
        self, conversation_id: UUID, *, at: datetime, lease: timedelta
    ) -> Turn | None:
        """Return the oldest turn that is owed, taken for the length of a lease.

        None while another holds it: a later turn waits for the earlier one. The conversation
        must be locked.
        """
        turn: Turn | None = await self._session.scalar(
            select(Turn)
            .where(Turn.conversation_id == conversation_id, Turn.state.in_(_OWED))
            .order_by(Turn.seq)
            .limit(1)
        )
        if turn is None or (turn.lease_until is not None and turn.lease_until > at):
            return None
        turn.take(at, lease)
        return turn

    async def renew(self, turn_id: UUID, *, until: datetime) -> None:
        """Leave a turn that is being worked on with its worker for longer."""
        await self._session.execute(
            update(Turn)
            .where(Turn.id == turn_id, Turn.state == TurnState.running)
            .values(lease_until=until)
        )

    async def owes(self, conversation_id: UUID) -> bool:
        """Return whether the bot owes this conversation anything."""
        return await self._any(Turn.conversation_id == conversation_id)

    async def keeps_waiting(self, conversation_id: UUID) -> bool:
        """Return whether the customer waits for the bot; whoever the line has greeted does not."""
        greeted = Turn.request["facts"].has_key(GREETED)
        return await self._any(Turn.conversation_id == conversation_id, ~greeted)

    async def get(self, turn_id: UUID) -> Turn:
        """Return the turn as it stands."""
        return await self._session.get_one(Turn, turn_id)

    async def of_message(self, message_id: UUID) -> Turn | None:
        """Return the turn that answers a message, for an action to note a hand-off on."""
        found: Turn | None = await self._session.scalar(
            select(Turn).where(Turn.message_id == message_id)
        )
        return found

    async def give_up_owed(self, conversation_id: UUID) -> None:
        """End every turn that is still owed: a person answers now."""
        for turn in await self._session.scalars(
            select(Turn).where(Turn.conversation_id == conversation_id, Turn.state.in_(_OWED))
        ):
            turn.state = TurnState.failed

    async def owed_up_to(self, conversation_id: UUID, seq: int) -> bool:
        """Return whether the bot still owes an answer to a message or to an earlier one."""
        return await self._any(Turn.conversation_id == conversation_id, Turn.seq <= seq)

    async def conversations_owed(self, *, at: datetime) -> Sequence[UUID]:
        """Return the conversations whose oldest owed turn nobody is working on."""
        turn, earlier = aliased(Turn), aliased(Turn)
        held = exists().where(
            earlier.conversation_id == turn.conversation_id,
            earlier.state == TurnState.running,
            earlier.lease_until > at,
        )
        rows = await self._session.scalars(
            select(turn.conversation_id)
            .where(
                turn.state.in_(_OWED),
                or_(turn.lease_until.is_(None), turn.lease_until <= at),
                ~held,
            )
            .group_by(turn.conversation_id)
            .order_by(func.min(turn.created_at))
        )
        return rows.all()

    async def _any(self, *which: ColumnElement[bool]) -> bool:
        owed = exists().where(Turn.state.in_(_OWED), *which)
        return bool(await self._session.scalar(select(owed)))
