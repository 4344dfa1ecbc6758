"""What the changes of an order share: whether it can be changed, and the words for its items."""

from decimal import Decimal
from uuid import UUID

from actions.asks.ask import PersonNeeded, Refused
from actions.asks.line import EVERY
from actions.base import ActionTurn
from actions.formats import spell_list, spell_price
from actions.orders import order_given, order_words
from crm_store.base import Json
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.proof.attribution import Purchase, attribute
from crm_store.shop.stock import put_back


async def demand_changeable(turn: ActionTurn, given: Json) -> Order | None:
    """Return the order that is to be changed, once it is known; refuse one that has left."""
    if "order" not in given:
        return None
    order = await order_given(turn, given)
    if order.state is OrderState.shipped:
        raise PersonNeeded("utter_change_too_late", **order_words(order, turn))
    if not order.changeable:
        raise Refused("utter_change_impossible", **order_words(order, turn))
    return order


def without_strangers(order: Order, given: Json) -> None:
    """Forget an item, and what was said of it, that is none of this order's."""
    if given.get("line") not in {None, EVERY, *(line.sku for line in order.lines)}:
        for name in ("line", "quantity", "product"):
            given.pop(name, None)


def item_words(
    order: Order, given: Json, turn: ActionTurn, *, more: Decimal = Decimal(0)
) -> dict[str, str]:
    """Return what responses may say of an order, an item in it, and its total with some more."""
    titles = [line.title for line in order.lines if given.get("line") in {line.sku, EVERY}]
    return {
        **order_words(order, turn),
        "item": spell_list(titles, turn.language, most=len(titles)),
        "new_total": spell_price(order.total + more, order.currency, turn.language),
    }


async def give_back(turn: ActionTurn, order: Order, sku: str, pieces: int) -> None:
    """Put pieces that leave an order back in stock, if they were taken out of ours."""
    if order.payment is not None and pieces > 0:
        await put_back(turn.session, {sku: pieces}, at=turn.at)


async def tell_suggestions(turn: ActionTurn, order: Order, product: UUID) -> None:
    """Note of which suggestion a product came that has just gone into an order."""
    await attribute(turn.session, [Purchase(order.id, order.customer_id, product, turn.at)])


def record(turn: ActionTurn, kind: str, order: Order, **facts: str | int) -> None:
    """Write down that an order was changed."""
    EventRepository(turn.session).record(
        kind, turn.conversation, {"order": order.number, **facts}, cause=turn.message_id
    )
