"""What a suggestion is limited to, for whom it is, and what it goes by."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.drawing import Drawn
from crm_store.suggestions.filters import Filters


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for a wish beside its words, and for "something else" after it."""

    filters: Filters = Filters()
    gift: bool = False
    by_record: bool = False
    """Whether it goes by what the record knows of the customer, and not by their words."""

    @classmethod
    def of_last(cls, turn: ActionTurn) -> Self:
        """Return what held for the last wish of the conversation."""
        kept = turn.slot("limits") or {}
        return cls(
            Filters.of_json(kept.get("filters") or {}),
            gift=bool(kept.get("gift")),
            by_record=bool(kept.get("by_record")),
        )

    def and_then(self, filters: Filters) -> "Limits":
        """Return these with what was said later."""
        return replace(self, filters=self.filters.and_then(filters))

    @property
    def kept(self) -> Json | None:
        """What is kept for the next turn; nothing where nothing is limited."""
        if self == Limits():
            return None
        return {
            "filters": self.filters.as_json(),
            "gift": self.gift,
            "by_record": self.by_record,
        }


async def limits_said(turn: ActionTurn) -> Drawn:
    """Return the limits that the customer's words set ("on CD, under 20 euros"), and the rest."""
    text = in_figures(turn)
    drawn = await turn.parts.suggester.drawn(turn.session, text, turn.language, at=turn.at)
    if drawn.filters.has_price:
        return drawn
    most = await price_in_shops_currency(turn, turn.entity("amount"))
    heard = Filters(most_price=most) if most is not None else Filters()
    return replace(drawn, filters=drawn.filters.and_then(heard))


def in_figures(turn: ActionTurn) -> str:
    """Return the customer's words with every sum of money as it was heard: "20.00 EUR"."""
    text, named = turn.text, turn.tracker.latest_message.get("entities") or ()
    sums = [one for one in named if one["entity"] == "amount" and "start" in one]
    for one in sorted(sums, key=lambda one: one["start"], reverse=True):
        text = f"{text[: one['start']]}{one['value']}{text[one['end'] :]}"
    return text


async def price_in_shops_currency(turn: ActionTurn, amount: str | None) -> Decimal | None:
    """Return a sum that was said, unless it is in a currency that the shop has no prices in."""
    if not amount:
        return None
    price, _, currency = str(amount).partition(" ")
    shop = (await PolicyRepository(turn.session).current()).shop
    return Decimal(price) if currency in {"", shop.currency} else None
