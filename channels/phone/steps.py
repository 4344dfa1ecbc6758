"""What a caller without a relay hears next, and what happens then. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from channels.phone.wording import Sentence, say
from crm_store.base import Language
from crm_store.conversations.models import Handler

MOST_REPROMPTS = 2


class Then(StrEnum):
    """What follows what the caller is told."""

    listen = "listen"
    """The caller speaks."""
    allow_a_moment = "allow_a_moment"
    """The caller has asked for a moment, and may speak when they are ready."""
    look_again = "look_again"
    """The caller may speak; a person's words are looked for soon."""
    wait = "wait"
    """The assistant is not ready."""
    enter = "enter"
    """The caller speaks with an agent."""
    rate = "rate"
    """The caller is asked how content they were."""
    hang_up = "hang_up"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a call stands when Twilio asks what comes next."""

    handler: Handler
    language: Language
    owed: bool
    """Whether the assistant still thinks of an answer."""
    news: tuple[Sentence, ...]
    quiet: int
    """How many answers before, in a row, had nothing new to tell."""
    impatient: bool
    """Whether whoever waits for a person has heard nothing for long."""
    question: str
    """The assistant's last words."""
    moment: bool = False
    """Whether the caller has asked for a moment."""
    spent: bool = False
    """Whether the caller has had as much of the assistant as the shop allows."""
    room: str | None = None
    """Where an agent waits to speak with the caller themself."""
    ratable: bool = False
    """Whether the caller may be asked how content they were."""
    one_key: bool = False
    """Whether the first key that the caller presses is their whole answer."""
    patience: str = ""
    """What whoever waits for a person is told of the queue."""


@dataclass(frozen=True, slots=True)
class Step:
    """One answer to Twilio, before it is put into its words."""

    then: Then
    words: tuple[Sentence, ...] = ()
    quiet: int = 0
    first: tuple[Sentence, ...] = ()
    """Said before the rest, and to the end."""

    @property
    def tells(self) -> bool:
        """Whether the caller hears anything."""
        return bool(self.first or self.words)


def next_step(at: Standing) -> Step:
    """Return what is said and done next; nobody is left in silence for long."""
    match at.handler:
        case Handler.closed:
            if at.ratable:
                return Step(Then.rate, at.news)
            return Step(Then.hang_up, (*at.news, say("goodbye", at.language)))
        case Handler.agent:
            return Step(Then.look_again if at.room is None else Then.enter, at.news)
        case Handler.queue:
            patience = f"{say('still_holding', at.language)} {at.patience}".strip()
            return Step(Then.look_again, at.news or ((patience,) if at.impatient else ()))
        case Handler.bot:
            return _with_assistant(at)


def taken_over(at: Standing, *, greeted: bool) -> Step:
    """Return how a call goes on whose relay has failed: where it stood, after an excuse."""
    waits = at.owed and at.handler is Handler.bot and not at.news
    if at.news or at.handler is not Handler.bot:
        step = next_step(replace(at, impatient=False))
    elif waits:
        step = Step(Then.wait)
    else:
        step = Step(Then.listen, tuple(filter(None, [at.question])))
    return replace(step, first=(_excuse(at.language, greeted=greeted, waits=waits),))


def _excuse(language: Language, *, greeted: bool, waits: bool) -> str:
    if not greeted:
        return say("back_from_nothing", language)
    return say("back_thinking" if waits else "back", language)


def still_thinking(language: Language, *, quiet: int) -> Step:
    """Return what is said while the assistant thinks, after so many such words."""
    sentence = "still_thinking" if quiet else "one_moment"
    return Step(Then.wait, (say(sentence, language),), quiet + 1)


def _with_assistant(at: Standing) -> Step:
    if at.spent and not at.owed:
        return Step(Then.hang_up, (*at.news, say("enough", at.language)))
    if at.news:
        return Step(_after_news(at), at.news)
    if at.owed:
        return still_thinking(at.language, quiet=at.quiet)
    quiet = at.quiet + 1
    if quiet > MOST_REPROMPTS:
        return Step(Then.hang_up, (say("gone_quiet", at.language),), quiet)
    if quiet == 1:
        words = (say("not_heard", at.language), at.question)
        return Step(Then.listen, tuple(filter(None, words)), quiet)
    return Step(Then.listen, (say("still_there", at.language),), quiet)


def _after_news(at: Standing) -> Then:
    if at.owed:
        return Then.wait
    return Then.allow_a_moment if at.moment else Then.listen
