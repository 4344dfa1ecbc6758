"""How something is to be delivered, among the shop's ways."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rapidfuzz import fuzz

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_price
from actions.products import at_place
from crm_store.base import Json
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.shop.delivery import PICKUP, delivery_cost
from crm_store.strategy.policies import DeliveryOption, Policies
from crm_store.strategy.repository import PolicyRepository

LIKE_ENOUGH: Final = 75
SHORTEST: Final = 4
FETCHING: Final = re.compile(
    r"\b(?:abhol\w*|hole? (?:es|sie|das|ihn)|selbst holen|pick(?:ing)? (?:it |them )?up|collect)\b",
    re.IGNORECASE,
)
"""Words of somebody who fetches it, some of which sound like "call it off"."""


class DeliveryAsk(Ask):
    """One of the shop's ways of delivery, with what each costs; what is kept is its key."""

    takes = frozenset(
        {"ask_delivery_options", "accept_suggestion", "ask_delivery_time", "ask_contact", "stop"}
    )

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the only way that there is."""
        options = (await _policies(turn)).delivery.options
        return options[0].key if len(options) == 1 else None

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the way that the words name: "express, please"."""
        options = (await _policies(turn)).delivery.options
        if turn.entity("choice") in {option.key for option in options}:
            return str(turn.entity("choice"))
        said = re.findall(r"\w+", turn.text.casefold())
        named = {option.key for option in options if _says(said, option)}
        if FETCHING.search(turn.text):
            named |= {PICKUP} & {option.key for option in options}
        return named.pop() if len(named) == 1 else None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the way that the answer names or points at."""
        keys = [option.key for option in (await _policies(turn)).delivery.options]
        named = await self.overheard(turn, given) or at_place(turn.entity("position"), keys)
        if named is None and turn.intent == "stop":
            raise Refused("utter_stopped")
        return named

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with all ways on offer."""
        policies = await _policies(turn)
        product = await CatalogueRepository(turn.session).find(given["product"])
        goods = product.price * given["quantity"] if product else policies.delivery.free_from
        turn.say(
            self.response,
            buttons=[
                turn.choice(
                    "utter_choice_delivery",
                    "inform",
                    entities={"choice": option.key},
                    option=option.said(turn.language),
                    cost=_spelled(
                        turn,
                        delivery_cost(policies.delivery, option, goods),
                        policies.shop.currency,
                    ),
                )
                for option in policies.delivery.options
            ],
        )


def _says(said: list[str], option: DeliveryOption) -> bool:
    return any(
        fuzz.ratio(word, name) >= LIKE_ENOUGH
        for word in said
        for name in _names(option)
        if len(word) >= SHORTEST
    )


def _names(option: DeliveryOption) -> Iterator[str]:
    """Yield the words that a way is known by: its key, and the first of each of its names."""
    for name in (option.key, option.de, option.en):
        yield re.findall(r"\w+", name.casefold())[0]


def _spelled(turn: ActionTurn, cost: Decimal, currency: str) -> str:
    if cost == 0:
        return turn.wording("utter_delivery_free")
    return spell_price(cost, currency, turn.language)


async def _policies(turn: ActionTurn) -> Policies:
    return await PolicyRepository(turn.session).current()
