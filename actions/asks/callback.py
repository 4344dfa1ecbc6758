"""What must be known for a call back: on which number, when, and what about."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from actions.asks.ask import Ask, NotAnAnswer
from actions.asks.words import TextAsk
from actions.base import ActionTurn
from actions.context import note_for_desk
from actions.departments import whom_asked_for
from actions.formats import spell_day
from actions.yes_no import says_no, says_yes
from crm_store.base import Json
from crm_store.callbacks.numbers import callable_number, masked
from crm_store.callbacks.repository import CallbackRepository
from crm_store.customers.models import Level
from crm_store.errors import NumberNotCallable
from crm_store.strategy.opening import local, local_day
from crm_store.strategy.policies import Shop
from crm_store.strategy.repository import PolicyRepository

CALL_ME_BACK: Final = "action_call_me_back"
YES, NO = "yes", "no"
SOON: Final = "soon"
FURTHEST: Final = timedelta(days=30)
"""How far ahead a call can be asked for."""
_SOON: Final = re.compile(
    r"\b(?:jetzt|sofort|gleich|umgehend|baldmöglichst|so bald wie möglich|so schnell wie möglich"
    r"|jederzeit|egal|now|asap|immediately|right away|straight away|as soon as possible"
    r"|any ?time)\b",
    re.IGNORECASE,
)


class OnFileAsk(Ask):
    """Whether to call the number that is on file; only its owner hears how it ends."""

    takes = frozenset({"change_phone"})

    def needed(self, given: Json) -> bool:
        """It is, unless a number has been said."""
        return "number" not in given

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Where there is none, or nobody has proved whose it is, it is not offered."""
        return None if await number_on_file(turn) else NO

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return yes, or no; another number is a no."""
        if turn.entity("phone_number"):
            return NO
        if says_yes(turn):
            return YES
        return NO if says_no(turn) else None

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the end of the number alone."""
        number = await number_on_file(turn) or ""
        turn.say(self.response, number=masked(number), ending=" ".join(number[-2:]))


class NumberAsk(Ask):
    """The number to call, in E.164."""

    takes = frozenset({"change_phone", "ask_contact", "identify"})
    digits = True

    def needed(self, given: Json) -> bool:
        """It is, unless the one on file will do."""
        return given.get("on_file") != YES

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return a number that can be called."""
        said = turn.entity("phone_number")
        try:
            return callable_number(str(said), region=turn.parts.region) if said else None
        except NumberNotCallable:
            return None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the number; of one that nobody calls, say so."""
        said = turn.entity("phone_number") or turn.entity("number") or turn.entity("code")
        if said is None:
            return None
        try:
            return callable_number(str(said), region=turn.parts.region)
        except NumberNotCallable:
            raise NotAnAnswer("utter_callback_number_not") from None


class WhenAsk(Ask):
    """A day, a time, both, or as soon as possible: soon, 2026-11-24, T15:00, 2026-11-24T15:00."""

    takes = frozenset({"ask_contact", "accept_suggestion", "notify_when_back"})

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what the words say of it, beside what was said before."""
        shop = await _shop(turn)
        day = _first_day(turn.entity("date"), local_day(shop, turn.at))
        if day is not None and not _is_near(day, shop, turn.at):
            day = None
        clock = _begin(turn.entity("time"))
        if day is None and clock is None:
            return SOON if self._says_soon(turn) else None
        return _merged(given.get(self.name), day, clock)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the day and time; of a day that has passed or is far away, say so."""
        shop = await _shop(turn)
        day = _first_day(turn.entity("date"), local_day(shop, turn.at))
        if day is not None and not _is_near(day, shop, turn.at):
            last = local_day(shop, turn.at) + FURTHEST
            raise NotAnAnswer("utter_callback_when_not", last_day=spell_day(last, turn.language))
        return await self.overheard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the simplest answer on offer."""
        soon = turn.choice("utter_choice_callback_soon", "inform", entities={"choice": SOON})
        turn.say(self.again if again else self.response, buttons=[soon])

    def _says_soon(self, turn: ActionTurn) -> bool:
        return turn.entity("choice") == SOON or bool(_SOON.search(turn.text))


class ReasonAsk(TextAsk):
    """What the call is about; nobody has to say."""

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what we were in the middle of."""
        return await note_for_desk(turn, beside=CALL_ME_BACK)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words; a no says nothing, which is as good."""
        return "" if says_no(turn) else await super().heard(turn, given)


class WhomNote(Ask):
    """The department or colleague who is asked for; never asked, only noted."""

    def needed(self, given: Json) -> bool:
        """Anybody may call."""
        return False

    async def overheard(self, turn: ActionTurn, given: Json) -> Any:
        """Return whom the words ask for, unless it is known already."""
        if self.name in given:
            return None
        policies = await PolicyRepository(turn.session).current()
        whom = await whom_asked_for(turn, policies)
        return whom.kept if whom else None

    async def heard(self, turn: ActionTurn, given: Json) -> Any:
        """It is never asked for."""
        return None


async def number_on_file(turn: ActionTurn) -> str | None:
    """Return the customer's own number, if they have proved who they are and have one."""
    if turn.conversation.current_level(turn.at) < Level.verified:
        return None
    return await CallbackRepository(turn.session).number_on_file(turn.conversation, at=turn.at)


def wanted_moment(when: str, shop: Shop, at: datetime) -> datetime:
    """Return from when on the call is wanted, no earlier than now."""
    now = local(shop, at)
    if when == SOON:
        return at
    day, _, clock = when.partition("T")
    begin = time.fromisoformat(clock) if clock else time()
    wanted_day = date.fromisoformat(day) if day else now.date()
    wanted = datetime.combine(wanted_day, begin, now.tzinfo)
    if not day and wanted < now:
        wanted += timedelta(days=1)
    return max(wanted, now).astimezone(at.tzinfo)


def _merged(before: str | None, day: date | None, clock: time | None) -> str:
    """Return a day and a time, each as it is said now or else as it was said before."""
    day_before, _, clock_before = (before or "").replace(SOON, "").partition("T")
    said_day = day.isoformat() if day else day_before
    said_clock = clock.isoformat("minutes") if clock else clock_before
    return f"{said_day}T{said_clock}" if said_clock else said_day


def _first_day(spoken: str | None, today: date) -> date | None:
    """Return the first day that is left of what was said: a day, or a stretch of days."""
    if not spoken:
        return None
    first, _, last = str(spoken).partition("/")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return max(begin, today) if end >= today else end


def _begin(spoken: str | None) -> time | None:
    return time.fromisoformat(str(spoken).partition("/")[0]) if spoken else None


def _is_near(day: date, shop: Shop, at: datetime) -> bool:
    today = local_day(shop, at)
    return today <= day <= today + FURTHEST


async def _shop(turn: ActionTurn) -> Shop:
    return (await PolicyRepository(turn.session).current()).shop
