"""What TwiML can ask for, as far as the simulator obeys it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a sentence."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Connect the call to a socket."""

    url: str
    action: str
    language: str
    greeting: str = ""
    greeting_interruptible: bool = True
    interruptible: bool = True
    keys: bool = False
    speaker_events: bool = False
    reconnects: bool = False
    """Whether a socket that is lost is opened again."""
    languages: frozenset[str] = frozenset()
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gather:
    """Listen for one thing that the caller says or keys in, while something is spoken."""

    action: str
    language: str
    inputs: frozenset[str]
    timeout: int = 5
    finish: str = "#"
    digits: int | None = None
    on_nothing: bool = False
    """Whether the action is asked even if nothing came; otherwise the next verb follows."""
    says: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Conference:
    """Let the call into a room with others."""

    name: str
    action: str
    starts: bool = True
    """Whether those inside hear each other from when it enters."""
    ends: bool = False
    """Whether the room is over for all once it leaves."""
    muted: bool = False
    """Whether nobody inside hears it."""
    waiting: str = ""
    """Asked what is heard by whoever is alone in it."""
    events: str = ""
    told: frozenset[str] = frozenset()
    """Of what the address of the events is told."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Ask another address what to do."""

    url: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait."""

    seconds: int


Verb = Say | Hangup | Relay | Gather | Conference | Redirect | Pause
