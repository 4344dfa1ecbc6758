"""What a suggestion may cost, for whom it is, and what it goes by."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.strategy.repository import PolicyRepository


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for a wish, and for "something else" after it."""

    most_price: Decimal | None = None
    gift: bool = False
    by_record: bool = False
    """Whether it goes by what the record knows of the customer, and not by their words."""

    @classmethod
    async def said(cls, turn: ActionTurn, *, by_record: bool = False) -> Self:
        """Return what the words say: "under 20 euros"."""
        most = await price_in_shops_currency(turn, turn.entity("amount"))
        return cls(most, by_record=by_record)

    @classmethod
    def of_last(cls, turn: ActionTurn) -> Self:
        """Return what held for the last wish of the conversation."""
        kept = turn.slot("limits") or {}
        price = kept.get("most_price")
        return cls(
            None if price is None else Decimal(price),
            gift=bool(kept.get("gift")),
            by_record=bool(kept.get("by_record")),
        )

    @property
    def kept(self) -> Json | None:
        """What is kept for the next turn; nothing where nothing is limited."""
        if self.most_price is None and not self.gift and not self.by_record:
            return None
        price = None if self.most_price is None else str(self.most_price)
        return {"most_price": price, "gift": self.gift, "by_record": self.by_record}


async def price_in_shops_currency(turn: ActionTurn, amount: str | None) -> Decimal | None:
    """Return a sum that was said, unless it is in a currency that the shop has no prices in."""
    if not amount:
        return None
    price, _, currency = str(amount).partition(" ")
    shop = (await PolicyRepository(turn.session).current()).shop
    return Decimal(price) if currency in {"", shop.currency} else None
