"""Which order is meant: by number, by place, by day, by what is in it, or because it is plain."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from rapidfuzz import fuzz, utils

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.orders import MOST_CHOICES, order_choice
from crm_store.base import Json
from crm_store.customers.claims import spellings
from crm_store.errors import OrderNotFound
from crm_store.orders.models import Order
from crm_store.orders.repository import OrderRepository

LIKE_ENOUGH: Final = 88
SHORTEST_TITLE: Final = 4
LAST, OTHER = "-1", "other"


class OrderAsk(Ask):
    """One of the customer's own orders; what is kept is its number.

    `fits` tells which orders may be meant where none is named; one that is named and does not fit
    is for the errand to refuse.
    """

    takes = frozenset({"ask_order_status", "list_orders", "accept_suggestion"})
    digits = True

    def __init__(
        self,
        *,
        fits: Callable[[Order], bool],
        name: str = "order",
        response: str = "utter_order_which",
        none: str = "utter_order_none",
    ) -> None:
        super().__init__(name, response)
        self._fits = fits
        self._none = none

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order spoken of last, or the only one that may be meant."""
        orders = await _orders(turn)
        fitting = [order for order in orders if self._fits(order)]
        spoken_of = turn.slot("order_number")
        if spoken_of and (not fitting or _numbered(fitting, spoken_of)):
            return str(spoken_of)
        if not orders:
            raise Refused(self._none)
        if len(fitting) > 1:
            return None
        return (fitting or orders)[0].number

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order that the words name in whatever way; of an unknown number, say so."""
        named = turn.entity("order_number")
        if named is not None:
            return await _found(turn, str(named))
        orders = await _orders(turn)
        fitting = [order for order in orders if self._fits(order)] or list(orders)
        order = (
            _by_digits(orders, turn.entities("number"))
            or _by_place(fitting, turn.entity("position"), given.get(self.name))
            or _by_day(fitting, turn.entity("date"))
            or by_title(fitting, turn.text)
        )
        return None if order is None else order.number

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order that the answer names."""
        return await self.overheard(turn, given)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask which, with the newest on offer."""
        fitting = [order for order in await _orders(turn) if self._fits(order)]
        offered = fitting[:MOST_CHOICES]
        turn.say(
            self.response,
            order_numbers=spell_list([order.number for order in offered], turn.language),
            buttons=[order_choice(order, turn) for order in offered],
        )


def by_title(orders: Sequence[Order], text: str) -> Order | None:
    """Return the one order with something in it whose title the text says."""
    said = utils.default_process(text)
    hits = [order for order in orders if any(_says(said, line.title) for line in order.lines)]
    return hits[0] if len(hits) == 1 else None


def _says(said: str, title: str) -> bool:
    words = utils.default_process(title)
    if len(words) < SHORTEST_TITLE or len(said) < SHORTEST_TITLE:
        return False
    shorter = min(len(words), len(said))
    return shorter >= SHORTEST_TITLE and fuzz.partial_ratio(words, said) >= LIKE_ENOUGH


async def _orders(turn: ActionTurn) -> Sequence[Order]:
    return await OrderRepository(turn.session).of(turn.conversation, at=turn.at)


async def _found(turn: ActionTurn, number: str) -> str | None:
    orders = OrderRepository(turn.session)
    try:
        return (await orders.find(turn.conversation, at=turn.at, number=number)).number
    except OrderNotFound:
        turn.say("utter_order_not_found", order_number=number)
        return None


def _numbered(orders: Sequence[Order], number: str) -> Order | None:
    wanted = spellings(number)
    return next((order for order in orders if order.number in wanted), None)


def _by_digits(orders: Sequence[Order], numbers: Sequence[str]) -> Order | None:
    """Return the order whose number has just these digits: "17" is A-17, if that is the only."""
    hits = [order for order in orders if _digits(order.number) in numbers]
    return hits[0] if len(hits) == 1 else None


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())


def _by_place(orders: Sequence[Order], place: str | None, present: str | None) -> Order | None:
    """Return the order at a place, newest first; "the other one" is told only of two."""
    if place == OTHER:
        others = [order for order in orders if order.number != present]
        return others[0] if present and len(others) == 1 else None
    if place == LAST:
        return orders[0] if orders else None
    index = int(place) - 1 if place else -1
    return orders[index] if 0 <= index < len(orders) else None


def _by_day(orders: Sequence[Order], day: str | None) -> Order | None:
    if day is None:
        return None
    first, _, last = day.partition("/")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    hits = [order for order in orders if begin <= order.placed_at.date() <= end]
    return hits[0] if len(hits) == 1 else None
