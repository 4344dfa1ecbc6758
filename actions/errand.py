"""Something that a customer wants done: what must be known is asked, restated, confirmed, done."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa_sdk.events import FollowupAction, SlotSet

from actions.asks.ask import ANYHOW, Ask, NotAnAnswer, Refused
from actions.base import VERIFICATION_FORM, ActionTurn, Event, StoreAction
from actions.frames import YES, Frame, kept, nothing_awaited, spoken_of, under_way
from actions.tracker import end_of_form
from actions.yes_no import says_no, says_yes
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.errors import StoreError

MOST_MISSES = 2


class Errand(StoreAction):
    """A deed in steps. Several may be under way: a new one interrupts, the old one is resumed.

    It begins when a rule runs it for an intent. Every answer to what it asked comes back to it
    through `action_answer`; nothing is changed before `carry_out`.
    """

    intents: ClassVar[frozenset[str]] = frozenset()
    """The intents that begin it."""
    level: ClassVar[Level] = Level.verified
    """How well the customer must be known before anything is said or done."""
    asks: ClassVar[tuple[Ask, ...]] = ()
    """What must be known, in the order in which it is asked for."""
    confirms: ClassVar[bool] = True
    """Whether the customer must say yes to what is restated; only reading needs no yes."""
    kept_response: ClassVar[str] = "utter_errand_kept"
    """What is said to a no: nothing is changed."""
    refusals: ClassVar[Mapping[type[StoreError], str]] = {}
    """The store's refusals in `carry_out`, each with the response that says it."""

    known_errands: ClassVar[dict[str, type["Errand"]]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "action_name" in cls.__dict__:
            Errand.known_errands[cls.action_name] = cls

    def least(self, given: Json) -> Level:
        """Return how well the customer must be known now that so much is known of the errand."""
        return self.level

    def needs_yes(self, given: Json) -> bool:
        """Return whether what is known must be restated; not where just this was offered."""
        return self.confirms

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Raise Refused where it is plain, before all is asked for, that this cannot be done."""

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what would be done, with what it costs, and ask whether that is right."""

    @abstractmethod
    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Do it, and say what was done with its reference; raise Refused or a store's refusal."""

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Begin, or go on now that the customer has proved who they are."""
        frames = under_way(turn)
        mine = frames[-1] if frames and frames[-1].errand == self.action_name else None
        if mine is not None and mine.unproved:
            return await self._proved(turn, frames)
        # Said again, it is the same errand with something more or something else.
        if mine is None:
            _drop_what_is_refused(turn, frames)
            frames.append(Frame(self.action_name))
        if turn.conversation.current_level(turn.at) < self.least(frames[-1].given):
            frames[-1].said = turn.latest
            return self._prove(turn, frames)
        await self._overhear(turn, frames[-1])
        return await self._step(turn, frames)

    async def _proved(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Hear now what was said at first, for whoever said it has proved who they are."""
        frame = frames[-1]
        frame.unproved = False
        proved = turn.conversation.current_level(turn.at) >= self.least(frame.given)
        if frame.said is not None and proved:
            turn, frame.said = turn.as_said(frame.said), None
            await self._overhear(turn, frame)
        return await self._step(turn, frames)

    async def take_answer(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Go on with an answer to what was asked last."""
        frame = frames[-1]
        if turn.conversation.current_level(turn.at) < self.least(frame.given):
            return self._prove(turn, frames)
        if frame.asked == YES:
            return await self._hear_yes(turn, frames)
        ask = self._ask(frame.asked)
        try:
            return await self._hear(turn, frames, ask)
        except NotAnAnswer as miss:
            turn.say(miss.response, **miss.values)
            return await self._missed(turn, frames, ask)
        except Refused as refusal:
            return self._refuse(turn, frames, refusal)

    async def go_on(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Ask for what is still missing, as after an interruption."""
        return await self._step(turn, frames)

    def step_back(self, frame: Frame) -> bool:
        """Forget what was said last, and all that follows from it; return whether there was any."""
        given = [ask.name for ask in self.asks if ask.name in frame.given]
        if not given:
            return False
        last = ([name for name in given if name in frame.heard] or given)[-1]
        for name in given[given.index(last) :]:
            frame.forget(name)
        frame.asked = None
        return True

    async def _overhear(self, turn: ActionTurn, frame: Frame) -> bool:
        """Take all that the words say of what must be known; return whether that was anything."""
        news = False
        for ask in self.asks:
            value = await ask.overheard(turn, frame.given)
            if value is not None and value != frame.given.get(ask.name):
                frame.take(ask.name, value)
                news = True
        return news

    async def _hear(self, turn: ActionTurn, frames: list[Frame], ask: Ask) -> list[Event]:
        frame = frames[-1]
        value = await ask.heard(turn, frame.given)
        if value is not None:
            frame.take(ask.name, value)
        others = await self._overhear_others(turn, frame, ask)
        if value is None and not others:
            if says_no(turn):
                return self._give_up(turn, frames)
            return await self._missed(turn, frames, ask)
        frame.misses = 0
        return await self._step(turn, frames)

    async def _overhear_others(self, turn: ActionTurn, frame: Frame, heard: Ask) -> bool:
        if heard.free:
            return False
        news = False
        for ask in self.asks:
            if ask is heard:
                continue
            value = await ask.overheard(turn, frame.given)
            if value is not None and ask.name not in frame.given:
                frame.take(ask.name, value)
                news = True
        return news

    async def _hear_yes(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Do it after a yes; after anything that changes what was restated, restate it anew."""
        frame = frames[-1]
        if await self._overhear(turn, frame):
            return await self._step(turn, frames)
        if says_yes(turn):
            return await self._do(turn, frames)
        if turn.intent == "correct" and self.step_back(frame):
            return await self._step(turn, frames)
        if says_no(turn):
            return self._give_up(turn, frames)
        return await self._missed(turn, frames, None)

    async def _step(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        """Ask for the next thing, or restate, or do it."""
        frame = frames[-1]
        if turn.conversation.current_level(turn.at) < self.least(frame.given):
            return self._prove(turn, frames)
        try:
            await self.check(turn, frame.given)
            missing = await self._next(turn, frame)
            # What the record tells may stand against it as much as what was said.
            await self.check(turn, frame.given)
            if missing is not None:
                await missing.put(turn, frame.given, again=frame.misses > 0)
                return self._awaiting(turn, frames, missing.name)
            if not self.needs_yes(frame.given):
                return await self._do(turn, frames)
            await self.restate(turn, frame.given)
            return self._awaiting(turn, frames, YES)
        except Refused as refusal:
            return self._refuse(turn, frames, refusal)

    async def _next(self, turn: ActionTurn, frame: Frame) -> Ask | None:
        for ask in self.asks:
            if ask.name in frame.given or not ask.needed(frame.given):
                continue
            value = await ask.known(turn, frame.given)
            if value is None:
                return ask
            frame.given[ask.name] = value
        return None

    async def _do(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        frame = frames.pop()
        try:
            # What a refusal leaves half done is undone, and said; the rest of the turn holds.
            async with turn.session.begin_nested():
                done = await self.carry_out(turn, frame.given)
        except Refused as refusal:
            return self._refuse(turn, [*frames, frame], refusal)
        except StoreError as refusal:
            response = self.refusals.get(type(refusal))
            if response is None:
                raise
            return self._refuse(turn, [*frames, frame], Refused(response, **frame.given))
        settled = None if _asks_something(done) else self.action_name.removeprefix("action_")
        return [
            *nothing_awaited(),
            SlotSet("settled", settled),
            *kept(frames),
            *spoken_of(frame.given),
            *done,
        ]

    def _give_up(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        _let_go(turn, frames)
        return [*nothing_awaited(), *kept(frames)]

    def _refuse(self, turn: ActionTurn, frames: list[Frame], refusal: Refused) -> list[Event]:
        given = frames.pop().given
        turn.say(refusal.response, **refusal.values)
        return [
            *nothing_awaited(),
            SlotSet("question", refusal.question),
            SlotSet("offered", refusal.offered),
            *kept(frames),
            *spoken_of(given),
        ]

    async def _missed(self, turn: ActionTurn, frames: list[Frame], ask: Ask | None) -> list[Event]:
        """Ask once more, in other words; offer a person instead when that has not helped."""
        frame = frames[-1]
        frame.misses += 1
        if frame.misses >= MOST_MISSES:
            frame.misses = 0
            turn.say("utter_offer_person")
            return [*kept(frames), SlotSet("awaits", None), SlotSet("question", "person")]
        if ask is None:
            turn.say("utter_yes_or_no")
        return await self._step(turn, frames)

    def _prove(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        frames[-1].unproved = True
        turn.say("utter_verification_needed")
        return [
            *nothing_awaited(),
            *kept(frames),
            SlotSet("wish", self.action_name),
            FollowupAction(VERIFICATION_FORM),
        ]

    def _awaiting(self, turn: ActionTurn, frames: list[Frame], asked: str) -> list[Event]:
        frames[-1].asked = asked
        ask = None if asked == YES else self._ask(asked)
        intents = ANYHOW | self.intents | (ask.takes if ask else frozenset())
        awaits = {
            "what": asked,
            "intents": sorted(intents),
            "entities": sorted(ask.entities) if ask else [],
            "free": ask is not None and ask.free,
            "digits": ask is not None and ask.digits,
        }
        return [
            # One question at a time: what a form has asked is asked again when this is done.
            *(end_of_form() if turn.tracker.active_loop_name else ()),
            *kept(frames),
            *spoken_of(frames[-1].given),
            SlotSet("awaits", awaits),
            SlotSet("question", "errand"),
        ]

    def _ask(self, name: str | None) -> Ask:
        return next(ask for ask in self.asks if ask.name == name)


def _asks_something(events: list[Event]) -> bool:
    return any(event.get("name") == "question" and event["value"] for event in events)


def _drop_what_is_refused(turn: ActionTurn, frames: list[Frame]) -> None:
    """Let go of what was just restated, where the other wish begins with a no to it."""
    if frames and frames[-1].asked == YES and says_no(turn):
        _let_go(turn, frames)


def _let_go(turn: ActionTurn, frames: list[Frame]) -> None:
    """Leave the errand on top undone, and say so."""
    frame = frames.pop()
    turn.say(Errand.known_errands[frame.errand].kept_response, **frame.given)
