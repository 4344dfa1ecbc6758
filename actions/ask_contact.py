"""When are you open, and how can I reach you?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_day, spell_moment, spell_spoken_email, spell_time, spell_week
from crm_store.agents.presence import somebody_there
from crm_store.callbacks.numbers import digits
from crm_store.strategy.opening import hours_on, is_open, local, local_day, next_open
from crm_store.strategy.policies import Shop
from crm_store.strategy.repository import PolicyRepository

TOPICS: Final = {
    "hours": re.compile(
        r"öffnungszeit|geöffnet|offen|wann|uhr|besetzt|erreichbar|sperrts|feiertag|sonntag|samstag"
        r"|\bopen|hours|when|what time|available|close[sd]?\b|holiday|sunday|saturday",
        re.IGNORECASE,
    ),
    "email": re.compile(r"mail", re.IGNORECASE),
    "phone": re.compile(
        r"telefon|nummer|hotline|anruf|phone|number|helpline|\bring\b", re.IGNORECASE
    ),
    "address": re.compile(
        r"adresse|anschrift|\bwo\b|filiale|vorbei|parkpl|brief|post"
        r"|address|where|branch|in person|parking|letter|located",
        re.IGNORECASE,
    ),
}
MOST_SPOKEN: Final = 2


class ActionAskContact(StoreAction):
    """Tell how and when the shop's people are reached, and whether somebody is there now."""

    action_name = "action_ask_contact"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Answer what was asked for; where that is not plain, tell all there is."""
        shop = (await PolicyRepository(turn.session).current()).shop
        topics = list(_topics(turn))
        if not topics and not turn.on_phone:
            turn.say("utter_contact_all", now=await _now(turn, shop), **_facts(turn, shop))
            return []
        for topic in (topics or ["hours", "phone"])[:MOST_SPOKEN]:
            await _tell(turn, shop, topic)
        return []


def _topics(turn: ActionTurn) -> Iterator[str]:
    text = turn.text
    for topic, words in TOPICS.items():
        if words.search(text) and not (topic == "address" and "mail" in text.lower()):
            yield topic


async def _tell(turn: ActionTurn, shop: Shop, topic: str) -> None:
    facts = _facts(turn, shop)
    match topic:
        case "hours" if turn.entity("date"):
            _tell_day(turn, shop)
        case "hours":
            turn.say("utter_contact_hours", now=await _now(turn, shop), week=facts["week"])
        case "email":
            turn.say("utter_contact_email", email=facts["email"])
        case "phone":
            turn.say("utter_contact_phone", phone=facts["phone"])
        case _:
            turn.say("utter_contact_address", address=facts["address"])


def _tell_day(turn: ActionTurn, shop: Shop) -> None:
    day = date.fromisoformat(str(turn.entity("date")).partition("/")[0])
    hours = hours_on(shop, day)
    said = spell_day(day, turn.language)
    if hours is None:
        turn.say("utter_contact_day_closed", day=said)
        return
    begin, end = (spell_time(local(shop, moment), turn.language) for moment in hours)
    turn.say("utter_contact_day", day=said, begin=begin, end=end)


async def _now(turn: ActionTurn, shop: Shop) -> str:
    """Return in words whether somebody is there."""
    today = hours_on(shop, local_day(shop, turn.at))
    if today is not None and is_open(shop, turn.at):
        closes = spell_time(local(shop, today[1]), turn.language)
        return turn.wording("utter_contact_open", closes=closes)
    if await somebody_there(turn.session, shop, at=turn.at):
        return turn.wording("utter_contact_still_there")
    opens = spell_moment(local(shop, next_open(shop, turn.at)), turn.language)
    return turn.wording("utter_contact_closed", opens=opens)


def _facts(turn: ActionTurn, shop: Shop) -> dict[str, str]:
    spoken = turn.on_phone
    return {
        "phone": digits(shop.phone.replace(" ", "")) if spoken else shop.phone,
        "email": spell_spoken_email(shop.email, turn.language) if spoken else shop.email,
        "address": shop.address,
        "week": spell_week(shop.hours, turn.language),
    }
