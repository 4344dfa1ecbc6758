"""What a suggestion may cost, and whether it is for somebody else."""

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

    @classmethod
    async def said(cls, turn: ActionTurn, *, gift: bool = False) -> Self:
        """Return what the words say: "under 20 euros"."""
        return cls(await price_in_shops_currency(turn, turn.entity("amount")), gift)

    @classmethod
    def of_last(cls, turn: ActionTurn) -> Self:
        """Return what held for the last wish of the conversation."""
        kept = turn.slot("limits") or {}
        price = kept.get("most_price")
        return cls(None if price is None else Decimal(price), bool(kept.get("gift")))

    @property
    def kept(self) -> Json | None:
        """What is kept for the next turn; nothing where nothing is limited."""
        if self.most_price is None and not self.gift:
            return None
        price = None if self.most_price is None else str(self.most_price)
        return {"most_price": price, "gift": self.gift}


async def price_in_shops_currency(turn: ActionTurn, amount: str | None) -> Decimal | None:
    """Return a sum that was said, unless it is in a currency that the shop has no prices in."""
    if not amount:
        return None
    price, _, currency = str(amount).partition(" ")
    shop = (await PolicyRepository(turn.session).current()).shop
    return Decimal(price) if currency in {"", shop.currency} else None
