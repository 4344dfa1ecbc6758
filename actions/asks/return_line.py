"""What of an order goes back: which item, or all of them, and how many pieces."""

from collections.abc import Sequence

from actions.asks.line import EVERY, LineAsk, says_all
from actions.asks.quantity import QuantityAsk, counting
from actions.base import ActionTurn
from actions.returns import returnable
from crm_store.base import Json
from crm_store.orders.models import OrderLine


class ReturnLineAsk(LineAsk):
    """One item that may still go back, or EVERY; one that has gone is for the errand to refuse."""

    takes = LineAsk.takes | {"report_damaged", "report_wrong_item", "exchange_item", "return_item"}

    async def lines(self, turn: ActionTurn, given: Json) -> Sequence[OrderLine]:
        """Return the items of which anything is left to go back."""
        back = await returnable(turn, given)
        return [line for line in back.order.lines if line.sku in back.left]

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the item that the words name, gone or not."""
        return await super().overheard(turn, given) or await LineAsk().overheard(turn, given)


class ReturnQuantityAsk(QuantityAsk):
    """How many pieces of the item go back; asked only where there are several."""

    takes = frozenset({"return_item", "exchange_item"})
    entities = frozenset({"number", "every"})

    def needed(self, given: Json) -> bool:
        """Ask for nothing where everything goes back."""
        return given.get("line") != EVERY

    async def known(self, turn: ActionTurn, given: Json) -> int | None:
        """Return one where there is only one."""
        return 1 if await _left(turn, given) <= 1 else None

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return a number of pieces, if so many are left, or all of them."""
        if "order" not in given or given.get("line") in {None, EVERY}:
            return None
        left = await _left(turn, given)
        if (turn.entity("every") or says_all(turn.text)) and left > 1:
            return left
        return next((number for number in counting(turn) if 0 < number <= left), None)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with how many there are."""
        left = await _left(turn, given)
        turn.say(self.response, left=str(left))


async def _left(turn: ActionTurn, given: Json) -> int:
    return (await returnable(turn, given)).left.get(given["line"], 0)
