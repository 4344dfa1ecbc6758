"""Of which order something goes back: one that still may, where none is named."""

from collections.abc import Collection

from actions.asks.order import OrderAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.orders.models import Order, OrderState
from crm_store.returns.models import ReturnKind
from crm_store.returns.terms import Terms
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository


class ReturnOrderAsk(OrderAsk):
    """One of the customer's orders; those whose time is over are not thought of first."""

    def __init__(self, kind: ReturnKind, *, also: Collection[OrderState] = ()) -> None:
        super().__init__(fits=lambda order: order.state in {OrderState.delivered, *also})
        self._kind = kind

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order spoken of last, or the only one that may be meant."""
        return await (await self._in_time(turn)).known(turn, given)

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order that the words name in whatever way."""
        return await (await self._in_time(turn)).overheard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with those on offer of which something may go back."""
        await (await self._in_time(turn)).put(turn, given, again=again)

    async def _in_time(self, turn: ActionTurn) -> OrderAsk:
        terms = Terms(await PolicyRepository(turn.session).current(), {})
        today = local_day(terms.policies.shop, turn.at)

        def fits(order: Order) -> bool:
            delivered = order.state is OrderState.delivered
            over = delivered and today > terms.last_day(order, self._kind)
            return self._fits(order) and not over

        return OrderAsk(fits=fits)
