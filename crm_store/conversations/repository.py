"""Every query on conversations, messages and effects."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store.agents.models import Agent
from crm_store.base import Json, Language
from crm_store.conversations.models import (
    Author,
    Channel,
    Conversation,
    ConversationRef,
    Effect,
    Handler,
    Kind,
    Message,
)
from crm_store.errors import UnknownConversation
from crm_store.handoffs.models import Handoff


class ConversationRepository:
    """Reads and writes conversations in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, conversation_id: UUID) -> Conversation:
        """Return the conversation, or raise UnknownConversation."""
        found = await self._session.get(Conversation, conversation_id)
        if found is None:
            raise UnknownConversation(str(conversation_id))
        return found

    async def whose(self, conversation_id: UUID) -> tuple[Handler, UUID | None]:
        """Return who answers in a conversation, and which agent has it; nothing more is read."""
        row = (
            await self._session.execute(
                select(Conversation.handler, Conversation.agent_id).where(
                    Conversation.id == conversation_id
                )
            )
        ).first()
        if row is None:
            raise UnknownConversation(str(conversation_id))
        return row.handler, row.agent_id

    async def exists(self, conversation_id: UUID) -> bool:
        """Return whether there is such a conversation."""
        there = exists().where(Conversation.id == conversation_id)
        return bool(await self._session.scalar(select(there)))

    async def lock(self, conversation_id: UUID) -> Conversation:
        """Return the conversation for writing; other writers wait until the transaction ends."""
        found = await self._session.scalar(
            select(Conversation)
            .where(Conversation.id == conversation_id)
            .with_for_update()
            # Read before, it may have changed while this transaction waited for the lock.
            .execution_options(populate_existing=True)
        )
        if found is None:
            raise UnknownConversation(str(conversation_id))
        return found

    async def lock_of(self, agent_id: UUID, conversation_id: UUID, *, epoch: int) -> Conversation:
        """Return it for writing to an agent who has it still, as they were given it."""
        conversation = await self.lock(conversation_id)
        conversation.require_epoch(epoch)
        conversation.require_agent(agent_id)
        return conversation

    async def find(self, ref: ConversationRef) -> Conversation | None:
        """Return the conversation that a channel knows by this name, if it has begun."""
        found: Conversation | None = await self._session.scalar(
            select(Conversation).where(
                Conversation.channel == ref.channel, Conversation.key == ref.key
            )
        )
        return found

    async def start(
        self, ref: ConversationRef, language: Language, *, visitor: str | None = None
    ) -> Conversation:
        """Return the conversation of this name for writing, begun now unless it was before."""
        call = ref.key if ref.channel is Channel.phone else None
        begun: Conversation | None = await self._session.scalar(
            insert(Conversation)
            .values(channel=ref.channel, key=ref.key, call=call, language=language, visitor=visitor)
            .on_conflict_do_nothing(index_elements=["channel", "key"])
            .returning(Conversation)
        )
        if begun is not None:
            # Nobody else can see it before this transaction ends.
            return begun
        found = await self.find(ref)
        if found is None:
            raise UnknownConversation(str(ref))
        return await self.lock(found.id)

    async def held_by(self, call: str) -> Conversation | None:
        """Return the conversation that is held in a call now."""
        found: Conversation | None = await self._session.scalar(
            select(Conversation).where(Conversation.call == call)
        )
        return found

    async def of_call(self, call: str) -> Conversation | None:
        """Return the conversation that a call holds, or else the one that was begun in it."""
        held = await self.held_by(call)
        return held or await self.find(ConversationRef(Channel.phone, call))

    async def latest_of_visitor(self, visitor: str) -> Conversation | None:
        """Return the conversation that a visitor came to last, unless it is closed."""
        came = func.coalesce(Conversation.visited_at, Conversation.created_at)
        found: Conversation | None = await self._session.scalar(
            select(Conversation)
            .where(Conversation.visitor == visitor, Conversation.handler != Handler.closed)
            .order_by(came.desc())
            .limit(1)
        )
        return found

    async def of_customer(self, customer_id: UUID, *, most: int) -> Sequence[Conversation]:
        """Return the customer's conversations, newest first."""
        rows = await self._session.scalars(
            select(Conversation)
            .where(Conversation.customer_id == customer_id)
            .order_by(Conversation.created_at.desc())
            .limit(most)
        )
        return rows.all()

    def add(
        self,
        conversation: Conversation,
        author: Author,
        text: str = "",
        *,
        kind: Kind = Kind.said,
        client_id: str | None = None,
        agent_id: UUID | None = None,
        choices: Sequence[Json] = (),
        cards: Sequence[Json] = (),
    ) -> Message:
        """Write down what was said under the next number; the conversation must be locked."""
        conversation.last_seq += 1
        message = Message(
            id=uuid4(),
            conversation_id=conversation.id,
            seq=conversation.last_seq,
            author=author,
            kind=kind,
            client_id=client_id,
            agent_id=agent_id,
            text=text,
            choices=list(choices),
            cards=list(cards),
        )
        self._session.add(message)
        return message

    async def words_of_customer(
        self, conversation_id: UUID, *, since: datetime | None = None
    ) -> int:
        """Return how often the customer has said or chosen something, in all or since a moment."""
        said = select(func.count()).where(
            Message.conversation_id == conversation_id, Message.author == Author.customer
        )
        if since is not None:
            said = said.where(Message.created_at >= since)
        return int(await self._session.scalar(said) or 0)

    async def last_words(self, conversation_id: UUID, *, before: int, most: int) -> Sequence[str]:
        """Return what the customer said before a number, newest first."""
        rows = await self._session.scalars(
            select(Message.text)
            .where(
                Message.conversation_id == conversation_id,
                Message.author == Author.customer,
                Message.kind == Kind.said,
                Message.seq < before,
            )
            .order_by(Message.seq.desc())
            .limit(most)
        )
        return rows.all()

    async def message(self, conversation_id: UUID, seq: int) -> Message | None:
        """Return one message by its number."""
        return await self._session.get(Message, (conversation_id, seq))

    async def message_by_id(self, conversation_id: UUID, message_id: UUID) -> Message | None:
        """Return one message of a conversation by its id."""
        found: Message | None = await self._session.scalar(
            select(Message).where(
                Message.conversation_id == conversation_id, Message.id == message_id
            )
        )
        return found

    async def message_by_client(
        self, conversation_id: UUID, author: Author, client_id: str
    ) -> Message | None:
        """Return the message that a client has sent under its own id, if it came before."""
        found: Message | None = await self._session.scalar(
            select(Message).where(
                Message.conversation_id == conversation_id,
                Message.author == author,
                Message.client_id == client_id,
            )
        )
        return found

    async def since(self, conversation_id: UUID, seq: int, *, most: int = 500) -> Sequence[Message]:
        """Return what came after a number, in order, notes among agents included."""
        rows = await self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.seq > seq)
            .order_by(Message.seq)
            .limit(most)
        )
        return rows.all()

    async def agent_names(self, agents: Iterable[UUID | None]) -> dict[UUID | None, str]:
        """Return what the agents of these ids are called."""
        wanted = {agent for agent in agents if agent is not None}
        if not wanted:
            return {}
        rows = await self._session.execute(select(Agent.id, Agent.name).where(Agent.id.in_(wanted)))
        return {row.id: row.name for row in rows}

    async def place_in_queue(self, conversation: Conversation) -> int:
        """Return how many are served up to and including this customer."""
        handoff = aliased(Handoff)
        mine = select(handoff.ranks_at).where(
            handoff.conversation_id == conversation.id, handoff.ended_at.is_(None)
        )
        return (
            await self._session.scalar(
                select(func.count())
                .select_from(Handoff)
                .join(Conversation, Conversation.id == Handoff.conversation_id)
                .where(
                    Handoff.ended_at.is_(None),
                    Conversation.handler == Handler.queue,
                    Handoff.ranks_at <= mine.scalar_subquery(),
                )
            )
            or 1
        )

    async def last_step(self, conversation_id: UUID, *kinds: Kind) -> int:
        """Return the number of the last step of some kinds; 0 where there was none."""
        last = await self._session.scalar(
            select(func.max(Message.seq)).where(
                Message.conversation_id == conversation_id,
                Message.author == Author.system,
                Message.kind.in_(kinds),
            )
        )
        return last or 0

    async def has_heard(self, conversation_id: UUID, *, after: int = 0) -> bool:
        """Return whether the customer has said anything, after a number or at all."""
        said = exists().where(
            Message.conversation_id == conversation_id,
            Message.author == Author.customer,
            Message.seq > after,
        )
        return bool(await self._session.scalar(select(said)))

    async def last_move(self, conversation_id: UUID) -> Message | None:
        """Return the step by which the conversation came to where it is now."""
        return await self._last(conversation_id, Message.kind == Kind.moved)

    async def last_words_of_bot(self, conversation_id: UUID) -> Message | None:
        """Return what the bot said last."""
        return await self._last(conversation_id, Message.author == Author.bot)

    async def latest_choices(self, conversation_id: UUID) -> Message | None:
        """Return the bot's last words, if they offered choices."""
        last = await self.last_words_of_bot(conversation_id)
        return last if last is not None and last.choices else None

    async def _last(self, conversation_id: UUID, which: ColumnElement[bool]) -> Message | None:
        last: Message | None = await self._session.scalar(
            select(Message)
            .where(Message.conversation_id == conversation_id, which)
            .order_by(Message.seq.desc())
            .limit(1)
        )
        return last


class EffectRepository:
    """Remembers what an action did for a message."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def result(self, message_id: UUID, action: str, nth: int) -> Any:
        """Return what the action did for this message before, or None."""
        effect = await self._session.get(Effect, (message_id, action, nth))
        return None if effect is None else effect.result

    def remember(
        self,
        message_id: UUID,
        action: str,
        nth: int,
        result: Json,
        *,
        conversation_id: UUID | None = None,
    ) -> None:
        """Keep the result, in the transaction of the change itself; a second writer fails."""
        self._session.add(
            Effect(
                message_id=message_id,
                action=action,
                nth=nth,
                result=result,
                conversation_id=conversation_id,
            )
        )
