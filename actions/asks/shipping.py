"""Where an order goes: to the address on file, unless another one is said."""

from dataclasses import asdict
from typing import Any

from actions.asks.address import AddressAsk, address_asks
from actions.asks.ask import Ask
from actions.base import ActionTurn
from actions.postal.hearing import Parts
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.models import Level
from crm_store.shop.delivery import PICKUP


def shipping_asks(response: str) -> tuple[Ask, ...]:
    """Return the questions for a new order's address; for what is picked up there are none."""
    _, *parts = address_asks()
    return tuple(_IfSent(ask) for ask in (_ShippingAsk("address", response), *parts))


def goes_by_post(given: Json) -> bool:
    """Return whether a new order is sent anywhere."""
    return given.get("delivery") != PICKUP


class _ShippingAsk(AddressAsk):
    async def known(self, turn: ActionTurn, given: Json) -> Parts | None:
        """Return the proved customer's address on file, if there is one."""
        if turn.conversation.current_level(turn.at) < Level.verified:
            return None
        customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
        place = customer.address
        return None if place is None else asdict(place)


class _IfSent(Ask):
    """Another ask, put only where something is sent."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask.name, ask.response, again=ask.again)
        self._ask = ask
        self.takes = ask.takes  # type: ignore[misc] # those of the other
        self.free = ask.free  # type: ignore[misc] # as the other
        self.digits = ask.digits  # type: ignore[misc] # as the other

    def needed(self, given: Json) -> bool:
        return goes_by_post(given) and self._ask.needed(given)

    async def known(self, turn: ActionTurn, given: Json) -> Any:
        return await self._ask.known(turn, given)

    async def overheard(self, turn: ActionTurn, given: Json) -> Any:
        return await self._ask.overheard(turn, given)

    async def heard(self, turn: ActionTurn, given: Json) -> Any:
        return await self._ask.heard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        await self._ask.put(turn, given, again=again)
