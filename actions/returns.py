"""What the return actions share: what may go back, and how a refusal is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from actions.asks.ask import OfferedInstead, PersonNeeded, Refused
from actions.asks.line import EVERY
from actions.asks.reach import contact_on_file
from actions.base import ActionTurn
from actions.formats import spell_date, spell_list, spell_price
from crm_store.base import Json
from crm_store.errors import (
    NothingLeftToReturn,
    NotReturnable,
    OrderNotDelivered,
    ReturnTooLate,
)
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository
from crm_store.outbox.repository import OutboxRepository
from crm_store.returns.models import Reason, Return, ReturnKind, Why
from crm_store.returns.repository import RefundRepository, ReturnRepository
from crm_store.returns.terms import Terms, lines_of
from crm_store.strategy.opening import local_day

REFUND_TO = {"original": "utter_refund_to_original", "voucher": "utter_refund_to_voucher"}


@dataclass(frozen=True, slots=True)
class Returnable:
    """An order of the customer's, what of it has gone back, and the rules for the rest."""

    order: Order
    returns: Sequence[Return]
    terms: Terms

    @property
    def left(self) -> dict[str, int]:
        """How many pieces of which items may still go back."""
        return self.terms.left(self.order, self.returns)

    def pieces(self, given: Json) -> dict[str, int]:
        """Return which pieces are meant: all that is left, or so many of one item."""
        if given["line"] == EVERY:
            return self.left
        return {given["line"]: given["quantity"]}

    def titles(self, pieces: dict[str, int], turn: ActionTurn) -> str:
        """Return what goes back, in words."""
        titles = [
            line.title if pieces[line.sku] == 1 else f"{pieces[line.sku]} × {line.title}"
            for line in lines_of(self.order, pieces)
        ]
        return spell_list(titles, turn.language)


async def returnable(turn: ActionTurn, given: Json) -> Returnable:
    """Return what is known of the order that an errand is about."""
    orders, store = OrderRepository(turn.session), ReturnRepository(turn.session)
    order = await orders.find(turn.conversation, at=turn.at, number=given["order"])
    returns = await store.of_order(turn.conversation, order, at=turn.at)
    return Returnable(order, returns, await store.terms(order))


async def demand_returnable(turn: ActionTurn, given: Json, kind: ReturnKind) -> None:
    """Raise Refused, with the reason and what can be done instead, where nothing can go back."""
    back = await returnable(turn, given)
    order = back.order
    try:
        back.terms.demand(order, back.returns, kind, at=turn.at)
        _demand_item(back, given)
    except OrderNotDelivered:
        raise await _not_delivered(turn, back) from None
    except ReturnTooLate:
        last_day = spell_date(back.terms.last_day(order, kind), turn.language)
        raise PersonNeeded(
            "utter_return_too_late", order_number=order.number, last_day=last_day
        ) from None
    except NothingLeftToReturn:
        newest = max(back.returns, key=lambda one: one.created_at)
        raise Refused("utter_return_already", return_number=newest.number) from None
    except NotReturnable:
        raise Refused("utter_return_excluded") from None


async def refund_of_cancelled(turn: ActionTurn, order: Order) -> Refused:
    """Return how the money of a cancelled order stands, said instead of a return."""
    words = {
        "refund": spell_price(order.total, order.currency, turn.language),
        "order_number": order.number,
    }
    if not order.paid:
        return Refused("utter_refund_nothing_paid", **words)
    refunds = await RefundRepository(turn.session).of(turn.conversation, at=turn.at)
    mine = (one for one in refunds if one.order_id == order.id and one.why is Why.cancellation)
    refund = next(mine, None)
    if refund is not None and refund.paid_at is not None:
        return Refused(
            "utter_refund_paid", paid_on=spell_date(refund.paid_at, turn.language), **words
        )
    if refund is None and order.cancelled_at is None:
        return PersonNeeded("utter_refund_unknown", **words)
    policies = (await ReturnRepository(turn.session).terms(order)).policies
    since = local_day(policies.shop, order.cancelled_at or order.placed_at)
    due_on = refund.due_on if refund else since + timedelta(days=policies.returns.refund_days)
    overdue = due_on < local_day(policies.shop, turn.at)
    words["due_on"] = spell_date(due_on, turn.language)
    return (
        PersonNeeded("utter_refund_overdue", **words)
        if overdue
        else Refused("utter_refund_due", **words)
    )


async def send_label(turn: ActionTurn, back: Return) -> bool:
    """Send the label to the contact on file; return whether there is one."""
    contact = await contact_on_file(turn)
    if contact is None:
        return False
    text = turn.wording("utter_return_label_message", return_number=back.number, label=back.label)
    OutboxRepository(turn.session).add(contact, turn.language, text, at=turn.at)
    return True


def reason_given(given: Json) -> Reason | None:
    """Return why something goes back, if that is known."""
    return Reason(given["reason"]) if "reason" in given else None


def conditions(turn: ActionTurn, terms: Terms, reason: Reason | None, fee: Decimal) -> str:
    """Return what sending back costs, in a sentence or two."""
    currency = terms.policies.shop.currency
    cost = terms.label_cost(reason)
    told = [
        turn.wording("utter_return_label_costs", cost=spell_price(cost, currency, turn.language))
        if cost
        else turn.wording("utter_return_label_free")
    ]
    if fee:
        told.append(turn.wording("utter_return_fee", fee=spell_price(fee, currency, turn.language)))
    return " ".join(told)


def _demand_item(back: Returnable, given: Json) -> None:
    line = given.get("line")
    if line is not None and line != EVERY:
        wanted = {line: given.get("quantity") or 1}
        back.terms.demand_pieces(back.order, back.returns, wanted)


async def _not_delivered(turn: ActionTurn, back: Returnable) -> Refused:
    order = back.order
    days = back.terms.policies.returns.period_days
    match order.state:
        case OrderState.placed:
            return OfferedInstead(
                "utter_return_not_sent",
                "action_cancel_order",
                given={"order": order.number},
                order_number=order.number,
            )
        case OrderState.cancelled:
            return await refund_of_cancelled(turn, order)
        case OrderState.returned:
            return Refused("utter_order_returned", order_number=order.number)
        case _:
            return Refused("utter_return_on_its_way", order_number=order.number, days=str(days))
