"""What somebody likes who is to be given something, and how much it may cost."""

import re
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.asks.quantity import counting
from actions.base import ActionTurn
from actions.gifts import says_what_is_liked
from actions.limits import price_in_shops_currency
from crm_store.base import Json

ANY = "any"
INDIFFERENT: Final = re.compile(
    r"\b(?:matters?|limit|egal|wurscht|wurst|gleich|care|any|beliebig|whatever)\b", re.IGNORECASE
)
"""Words of somebody who does not mind, which sound much like "never mind"."""


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
    """What it may cost at most, as a number in the shop's currency, or ANY."""

    takes = frozenset({"state_interest", "find_gift", "ask_price", "stop"})
    entities = frozenset({"amount", "number"})

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return a sum of money, wherever it is said."""
        price = await price_in_shops_currency(turn, turn.entity("amount"))
        return None if price is None else str(price)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the sum, a mere number too; whoever names none does not mind."""
        if turn.intent == "stop" and INDIFFERENT.search(turn.text) is None:
            raise Refused("utter_stopped")
        numbers = counting(turn)
        said = await self.overheard(turn, given)
        return said or (str(numbers[0]) if numbers else ANY)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the answer on offer that it does not matter."""
        choice = turn.choice("utter_choice_any_price", "inform", entities={"choice": ANY})
        turn.say(self.response, buttons=[choice])
