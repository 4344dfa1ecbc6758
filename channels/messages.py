"""What the channels have in common once their protocols are peeled off."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from crm_store.base import Json, Language
from crm_store.conversations.models import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer on offer: a button in the chat, a phrase or a key on the phone."""

    title: str
    intent: str
    entities: Json = field(default_factory=dict)

    def meaning(self) -> Json:
        """Return what it stands for, as the bot is told."""
        return {"intent": self.intent, "entities": self.entities}

    def stored(self) -> Json:
        """Return it as it is kept with its message; the customer is shown the title only."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says, before a channel renders it."""

    text: str
    choices: tuple[Choice, ...] = ()
    cards: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """What a customer said or chose, stripped of how it reached us."""

    conversation: UUID
    text: str
    client_id: str = field(default_factory=lambda: str(uuid4()))
    """Made by the client; the same id a second time is the same message."""
    kind: Kind = Kind.said
    choice: Choice | None = None
    language: Language | None = None
    """Set where the channel knows it; otherwise the conversation's own holds."""
    masked: str | None = None
    """What the record keeps in place of the words, where they are a secret such as a code."""
    sealed: str | None = None
    """A PIN, or what may be one, that was taken out of the words."""
    unheard: bool = False
    """Whether it was said before the bot's last words could be heard, which were taken back."""

    def __post_init__(self) -> None:
        """Drop the one character that the record cannot hold."""
        object.__setattr__(self, "text", self.text.replace("\x00", ""))

    @property
    def recorded(self) -> str:
        """The words as the record keeps them."""
        return self.text if self.masked is None else self.masked


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a message is safely in the record, and under which number."""

    seq: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class BotRequest:
    """One message as the bot is asked about it."""

    conversation: UUID
    message_id: UUID
    body: Json
    """Kind, text, choice, channel, language and facts, as the turn protocol names them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot replied to one message, and what it understood."""

    replies: tuple[Reply, ...]
    slots: dict[str, Any] = field(default_factory=dict)
    intent: str | None = None
    confidence: float | None = None
    entities: tuple[Json, ...] = ()
    actions: tuple[str, ...] = ()
