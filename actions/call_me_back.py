"""Please call me back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from actions.asks.ask import PersonNeeded
from actions.asks.callback import (
    CALL_ME_BACK,
    YES,
    NumberAsk,
    OnFileAsk,
    ReasonAsk,
    WhenAsk,
    WhomNote,
    number_on_file,
    wanted_moment,
)
from actions.asks.matters import MATTERS
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_day, spell_time
from crm_store.base import Json
from crm_store.callbacks.numbers import digits, masked, written
from crm_store.callbacks.planning import latest
from crm_store.callbacks.repository import CallbackRepository, Wanted
from crm_store.customers.models import Level
from crm_store.errors import LevelTooLow, NobodyThere
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository


class ActionCallMeBack(Errand):
    """Promise a call while the shop's people are there; anybody may ask for one."""

    action_name = CALL_ME_BACK
    intents = frozenset({"call_me_back"})
    level = Level.anonymous
    asks = (
        WhomNote("whom", "utter_callback_number"),
        OnFileAsk("on_file", "utter_callback_on_file"),
        NumberAsk("number", "utter_callback_number", again="utter_callback_number_again"),
        WhenAsk("when", "utter_callback_when", again="utter_callback_when_again"),
        ReasonAsk("reason", "utter_callback_reason", takes=MATTERS),
    )
    kept_response = "utter_callback_kept"
    refusals: ClassVar = {NobodyThere: "utter_callback_impossible"}

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say when somebody calls, and on which number; another time than wanted is said to be."""
        due, wanted = await _due(turn, given)
        moved = "T" in given["when"] and due != wanted
        turn.say(
            "utter_callback_restate_moved" if moved else "utter_callback_restate",
            number=await _number_said(turn, given),
            **await _window(turn, due),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Promise it under a number of its own, for an hour that is still free."""
        callbacks = CallbackRepository(turn.session)
        await callbacks.hold()
        due, _ = await _due(turn, given)
        whom = given.get("whom") or {}
        request = await callbacks.ask(
            turn.conversation,
            Wanted(
                phone=await _number(turn, given),
                due_at=due,
                reason=given["reason"],
                department=whom.get("department"),
                agent_id=UUID(whom["agent"]) if whom.get("agent") else None,
            ),
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say("utter_callback_done", callback_number=request.number, **await _window(turn, due))
        return []


async def _due(turn: ActionTurn, given: Json) -> tuple[datetime, datetime]:
    """Return when a call can be promised, and from when on it is wanted."""
    shop = (await PolicyRepository(turn.session).current()).shop
    wanted = wanted_moment(given["when"], shop, turn.at)
    try:
        return await CallbackRepository(turn.session).first_free(wanted), wanted
    except NobodyThere:
        raise PersonNeeded("utter_callback_impossible") from None


async def _window(turn: ActionTurn, due: datetime) -> dict[str, str]:
    shop = (await PolicyRepository(turn.session).current()).shop
    begin, end = local(shop, due), local(shop, latest(shop, due))
    return {
        "day": spell_day(begin, turn.language),
        "begin": spell_time(begin, turn.language),
        "end": spell_time(end, turn.language),
    }


async def _number(turn: ActionTurn, given: Json) -> str:
    """Return the number to call; the one on file only as long as the proof holds."""
    if "number" in given:
        return str(given["number"])
    on_file = await number_on_file(turn) if given.get("on_file") == YES else None
    if on_file is None:
        raise LevelTooLow
    return on_file


async def _number_said(turn: ActionTurn, given: Json) -> str:
    """Return the number as it is read back: in full only if it was said here."""
    number = await _number(turn, given)
    if "number" not in given:
        return " ".join(number[-2:]) if turn.on_phone else masked(number)
    return digits(number) if turn.on_phone else written(number)
