"""What somebody likes who is to be given something, and how much it may cost."""

import json
import re
from decimal import Decimal
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.asks.quantity import counting
from actions.base import ActionTurn
from actions.gifts import says_what_is_liked
from actions.limits import limits_said
from crm_store.base import Json
from crm_store.suggestions.filters import Filters

ANY = "any"
INDIFFERENT: Final = re.compile(
    r"\b(?:matters?|limit|egal|wurscht|wurst|gleich|care|any|beliebig|whatever)\b", re.IGNORECASE
)
"""Words of somebody who does not mind, which sound much like "never mind"."""


def price_of(budget: str) -> Filters:
    """Return the limits that an answer to the question for the budget sets."""
    return Filters() if budget == ANY else Filters.of_json(json.loads(budget))


def _kept(least: Decimal | None, most: Decimal | None) -> str:
    return json.dumps(Filters(least, most).as_json())


class LikesAsk(Ask):
    """What the other person likes, in the customer's words."""

    takes = frozenset({"state_interest", "find_gift", "greet", "ask_availability", "praise"})

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words that began it, if they say more than whom it is for."""
        if self.name in given or turn.chosen or not says_what_is_liked(turn.text):
            return None
        return turn.text

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the answer, if it says anything that can be looked for."""
        if turn.intent in {"affirm", "deny"}:
            return None
        return turn.text if says_what_is_liked(turn.text) else None


class BudgetAsk(Ask):
    """What it may cost, in the shop's currency: limits as JSON (`price_of`), or ANY."""

    takes = frozenset({"state_interest", "find_gift", "ask_price", "stop"})
    entities = frozenset({"amount", "number"})

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return what sums of money say, wherever they are said: "between 20 and 40 euros"."""
        said = (await limits_said(turn)).filters
        return _kept(said.least_price, said.most_price) if said.has_price else None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the sum, a mere number too; whoever names none does not mind."""
        if turn.intent == "stop" and INDIFFERENT.search(turn.text) is None:
            raise Refused("utter_stopped")
        numbers = counting(turn)
        said = await self.overheard(turn, given)
        return said or (_kept(None, Decimal(numbers[0])) if numbers else ANY)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the answer on offer that it does not matter."""
        choice = turn.choice("utter_choice_any_price", "inform", entities={"choice": ANY})
        turn.say(self.response, buttons=[choice])
