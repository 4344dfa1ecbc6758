"""A conversation, its messages and turns, and the rule for who speaks next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Enum, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Json, Language, Record, states, utc_now
from crm_store.customers.models import Level
from crm_store.errors import LateWrite, LevelTooLow, UnknownCustomer, WrongHandler

VERIFIED_FOR = timedelta(minutes=15)
"""How long a proof of identity holds after the customer's last word."""


class Channel(StrEnum):
    """How the customer reached us."""

    chat = "chat"
    phone = "phone"


class Handler(StrEnum):
    """Who answers the customer's next message."""

    bot = "bot"
    queue = "queue"
    agent = "agent"
    closed = "closed"


class Author(StrEnum):
    """Who a message is from; `system` marks a step rather than words."""

    customer = "customer"
    bot = "bot"
    agent = "agent"
    system = "system"


class Kind(StrEnum):
    """What a message is: words, a note among agents, or a step of the conversation."""

    said = "said"
    chosen = "chosen"
    note = "note"
    opened = "opened"
    handed_off = "handed_off"
    claimed = "claimed"
    rung = "rung"
    """An agent's telephone rings."""
    connected = "connected"
    """An agent has said yes to speak themself."""
    not_reached = "not_reached"
    """An agent's telephone was rung in vain."""
    left = "left"
    """An agent has put the telephone down."""
    held = "held"
    """The customer is on hold."""
    resumed = "resumed"
    """The customer is on hold no more."""
    transferred = "transferred"
    """An agent has passed the customer on to a colleague."""
    lapsed = "lapsed"
    """The agent's page is gone for too long; the customer waits for somebody else."""
    requeued = "requeued"
    """An agent lets the customer wait for another department, which the text names."""
    joined = "joined"
    """A colleague speaks as well."""
    parted = "parted"
    """A colleague who had joined has gone again."""
    called_off = "called_off"
    """The customer would rather not wait for a person."""
    unanswered = "unanswered"
    """Nobody came for whoever waited."""
    finished = "finished"
    """An agent has done what a form of the assistant's asked for; the text names it."""
    returned = "returned"
    closed = "closed"
    moved = "moved"
    """Into another channel, which the text names."""
    rated = "rated"
    """The customer has said how content they are."""
    language_offered = "language_offered"
    recording_asked = "recording_asked"
    recording_allowed = "recording_allowed"
    recording_refused = "recording_refused"
    recording_passed_over = "recording_passed_over"
    keys_wanted = "keys_wanted"
    """The customer has spoken a code, which the phone takes by keys alone."""


class TurnState(StrEnum):
    """How far the bot's answer to a message has come."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """How a channel names a conversation before the store has an id for it."""

    channel: Channel
    key: str
    """A browser session or a CallSid: never a phone number, which proves nothing."""

    def __str__(self) -> str:
        return f"{self.channel}:{self.key}"


def medium_of(channel: Channel, call: str | None, visitor: str | None) -> Channel:
    """Return how a customer is answered who came by a channel, and is in a call or a chat now."""
    if call is not None:
        return Channel.phone
    return channel if visitor is None else Channel.chat


def level_at(at: datetime, level: Level, seen: datetime | None) -> Level:
    """Return what is left of a level at a moment, when the customer was last heard of then."""
    lapsed = seen is None or at - seen > VERIFIED_FOR
    return min(level, Level.claimed) if lapsed else level


class Conversation(Record):
    """One contact, from hello to goodbye; it may move from one channel to another and back."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "key"),)

    channel: Mapped[Channel] = mapped_column(states(Channel))
    """The channel that it began in; `medium` is where it is now."""
    key: Mapped[str]
    call: Mapped[str | None] = mapped_column(unique=True)
    """The CallSid of the call that holds it now; while there is one, all is said there."""
    call_since: Mapped[datetime | None]
    """Since when that call holds it, where it has not begun in it."""
    visitor: Mapped[str | None] = mapped_column(index=True)
    """Who may read it as a chat: an unguessable name that the browser keeps."""
    visited_at: Mapped[datetime | None]
    """When a browser was let into a conversation that began elsewhere."""
    caller_hash: Mapped[str | None] = mapped_column(index=True)
    """Which number a call came from, hashed: what it asks for is counted, and it proves nothing."""
    caller_number: Mapped[str | None]
    """That number, as long as the call lasts."""
    language: Mapped[Language]
    handler: Mapped[Handler] = mapped_column(states(Handler), default=Handler.bot, index=True)
    epoch: Mapped[int] = mapped_column(default=1)
    """Rises whenever another speaker takes over; a writer with an older one is too late."""
    last_seq: Mapped[int] = mapped_column(default=0)
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"), index=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )
    level: Mapped[Level] = mapped_column(
        Enum(Level, native_enum=False, length=16), default=Level.anonymous
    )
    level_how: Mapped[str | None]
    level_seen_at: Mapped[datetime | None]
    slots: Mapped[Json] = mapped_column(default=dict)
    """What the bot understood so far, for the desk to show."""
    outcome: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    """How content the customer was with a person, from 1 to 5."""
    rating_asked_at: Mapped[datetime | None]

    @property
    def with_person(self) -> bool:
        """Whether an agent has ended it."""
        return self.handler is Handler.closed and self.agent_id is not None

    @property
    def ratable(self) -> bool:
        """Whether the customer may be asked how content they are."""
        return self.with_person and self.rating is None and self.rating_asked_at is None

    @property
    def ref(self) -> ConversationRef:
        """The name that its channel knows it by."""
        return ConversationRef(self.channel, self.key)

    @property
    def asker(self) -> str:
        """Whoever is at the other end, for counting what they ask for."""
        return self.caller_hash or self.visitor or str(self.id)

    @property
    def sid(self) -> str:
        """The CallSid of the call that holds it, or else of the one that it began in."""
        return self.call or self.key

    @property
    def medium(self) -> Channel:
        """How the customer is answered now: a call goes before what they could read."""
        return medium_of(self.channel, self.call, self.visitor)

    def verified_customer(self, at: datetime, *, least: Level = Level.verified) -> UUID:
        """Return whose data may be spoken of here; raise LevelTooLow for anybody unproved."""
        proved = self.customer_id is not None and self.current_level(at) >= least
        if not proved or self.customer_id is None:
            raise LevelTooLow(f"conversation {self.id} needs {least.name}")
        return self.customer_id

    def known_customer(self) -> UUID:
        """Return whose it seems to be, proved or not, or raise UnknownCustomer."""
        if self.customer_id is None:
            raise UnknownCustomer(str(self.id))
        return self.customer_id

    def current_level(self, at: datetime) -> Level:
        """Return the level that holds now: a proof lapses when the customer falls silent."""
        return level_at(at, self.level, self.level_seen_at)

    def prove(self, customer_id: UUID, level: Level, how: str, at: datetime) -> None:
        """Record that the customer has shown who they are."""
        self.customer_id, self.level, self.level_how, self.level_seen_at = (
            customer_id,
            level,
            how,
            at,
        )

    def forget_customer(self) -> None:
        """Let whoever is there be nobody in particular again."""
        self.customer_id = self.level_how = self.level_seen_at = None
        self.level = Level.anonymous

    def heard_from_customer(self, at: datetime) -> None:
        """Let a proof that still holds go on holding."""
        if self.level_seen_at is not None and self.current_level(at) is self.level:
            self.level_seen_at = at

    def hand_off(self) -> int:
        """Send the customer to the agents' queue; return the new epoch."""
        return self._pass_on(Handler.bot, to=Handler.queue)

    def claim(self, agent_id: UUID) -> int:
        """Give the waiting customer to an agent; return the new epoch."""
        self._pass_on(Handler.queue, to=Handler.agent)
        self.agent_id = agent_id
        return self.epoch

    def transfer(self, agent_id: UUID) -> int:
        """Pass the customer from one agent on to another; return the new epoch."""
        self._pass_on(Handler.agent, to=Handler.agent)
        self.agent_id = agent_id
        return self.epoch

    def wait_again(self) -> int:
        """Let the customer wait for another agent; return the new epoch."""
        self._pass_on(Handler.agent, to=Handler.queue)
        self.agent_id = None
        return self.epoch

    def take_back(self) -> int:
        """Let the bot go on with whoever waited in vain; return the new epoch."""
        return self._pass_on(Handler.queue, to=Handler.bot)

    def return_to_bot(self) -> int:
        """Let the bot go on where the agent stopped; return the new epoch."""
        self._pass_on(Handler.agent, to=Handler.bot)
        self.agent_id = None
        return self.epoch

    def close(self, outcome: str, at: datetime) -> int:
        """End the conversation, whoever has it; return the new epoch."""
        if self.handler is Handler.closed:
            raise WrongHandler(f"conversation {self.id} is closed already")
        self.outcome, self.closed_at = outcome, at
        return self._pass_on(self.handler, to=Handler.closed)

    def reopen(self) -> int:
        """Let the bot go on with a conversation that had ended; return the new epoch."""
        self.outcome = self.closed_at = self.agent_id = None
        return self._pass_on(Handler.closed, to=Handler.bot)

    def take_call(self, call: str, at: datetime) -> None:
        """Go on in a call; one that held the conversation before lets go of it."""
        self.call, self.call_since = call, at

    def end_call(self) -> None:
        """Let the call go, and the number it came from."""
        self.call = self.call_since = self.caller_number = None

    def lose_proof(self) -> None:
        """Forget that anybody proved who they are: somebody else may be listening now."""
        self.level, self.level_seen_at = min(self.level, Level.claimed), None

    def require_epoch(self, epoch: int) -> None:
        """Refuse a writer who was given the conversation before somebody else took it."""
        if self.epoch != epoch:
            raise LateWrite(f"conversation {self.id} is at epoch {self.epoch}, not {epoch}")

    def require_agent(self, agent_id: UUID) -> None:
        """Refuse an agent who does not have the conversation."""
        if self.handler is not Handler.agent or self.agent_id != agent_id:
            raise WrongHandler(f"conversation {self.id} is not with this agent")

    def require_other_agent(self, agent_id: UUID) -> None:
        """Refuse an agent who wants to help where no colleague has the customer."""
        if self.handler is not Handler.agent or self.agent_id == agent_id:
            raise WrongHandler(f"conversation {self.id} is with no colleague")

    def _pass_on(self, present: Handler, *, to: Handler) -> int:
        if self.handler is not present:
            raise WrongHandler(f"conversation {self.id} is with {self.handler}, not {present}")
        self.handler = to
        self.epoch += 1
        return self.epoch


SEARCHABLE: Final = (
    "(to_tsvector('german'::regconfig, messages.text)"
    " || to_tsvector('english'::regconfig, messages.text))"
)
"""The words of a message as both languages have them, for a message need not be in either alone."""


class Message(Base):
    """One thing said or done, by whom; numbered without gaps in its conversation."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "author", "client_id"),
        Index("ix_messages_words", text(SEARCHABLE), postgresql_using="gin"),
    )

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    author: Mapped[Author] = mapped_column(states(Author))
    kind: Mapped[Kind] = mapped_column(states(Kind), default=Kind.said)
    client_id: Mapped[str | None]
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    choices: Mapped[list[Json]] = mapped_column(default=list)
    cards: Mapped[list[Json]] = mapped_column(default=list)

    @property
    def for_customer(self) -> bool:
        """Whether the customer may see it."""
        return self.kind not in {Kind.note, Kind.finished}


class Turn(Record):
    """The bot's answer to one message: owed, being worked on, given or given up."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        Index(
            "ix_turns_owed",
            "conversation_id",
            "seq",
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey(Conversation.id, ondelete="CASCADE"))
    seq: Mapped[int]
    """Of the message that is to be answered."""
    message_id: Mapped[UUID] = mapped_column(unique=True)
    request: Mapped[Json]
    """What the bot is asked, as the channel put it."""
    epoch: Mapped[int]
    state: Mapped[TurnState] = mapped_column(states(TurnState), default=TurnState.waiting)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    intent: Mapped[str | None]
    confidence: Mapped[float | None]
    """How sure the bot was of the intent, from 0 to 1."""
    entities: Mapped[list[Json]] = mapped_column(default=list, server_default="[]")
    """What the message named, as {entity, value}; never a code."""
    actions: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")
    """What the bot did for it, in order."""
    written: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many of the bot's replies to it are on record already."""
    handoff_reason: Mapped[str | None]
    """Set by an action during the turn; takes effect together with the turn's replies."""
    handoff_note: Mapped[str | None] = mapped_column(Text)
    handoff_seq: Mapped[int | None]
    """Of the message that showed the reason, where it is an earlier one."""
    handoff_signs: Mapped[list[Json]] = mapped_column(default=list, server_default="[]")
    handoff_department: Mapped[str | None]
    handoff_agent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agents.id", ondelete="SET NULL")
    )

    def take(self, at: datetime, lease: timedelta) -> None:
        """Give the turn to a worker for the length of a lease."""
        self.state = TurnState.running
        self.attempts = (self.attempts or 0) + 1
        self.lease_until = at + lease

    def tell(self, fact: str, value: Any) -> None:
        """Let the bot know something beside what was said."""
        self.request = {**self.request, "facts": {**self.request["facts"], fact: value}}


class Effect(Base):
    """What an action did for a message, kept so that doing it again changes nothing."""

    __tablename__ = "effects"

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True, default=0)
    """The how-many-eth run of this action in the turn, from 0."""
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    result: Mapped[Json]
