"""I want another one instead."""

from decimal import Decimal
from typing import ClassVar

from actions.asks.ask import OfferedInstead
from actions.asks.replacement import KNOWN_FOR_MONEY, ReplacementAsk
from actions.asks.return_line import ReturnLineAsk, ReturnQuantityAsk
from actions.asks.return_order import ReturnOrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date, spell_price
from actions.products import product_of
from actions.return_item import REFUSALS
from actions.returns import (
    conditions,
    demand_returnable,
    reason_given,
    returnable,
    send_label,
)
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.errors import NotInStock
from crm_store.returns.models import Reason, ReturnKind
from crm_store.returns.service import Wanted, announce, exchange_balance


class ActionExchangeItem(Errand):
    """Announce an exchange, and take the replacement out of the stock for it."""

    action_name = "action_exchange_item"
    intents = frozenset({"exchange_item"})
    asks = (
        ReturnOrderAsk(ReturnKind.exchange),
        ReturnLineAsk("line", "utter_exchange_line_which"),
        ReturnQuantityAsk(),
        ReplacementAsk(
            "replacement",
            "utter_exchange_for_what",
            which="utter_exchange_which",
            remembers=False,
        ),
    )
    kept_response = "utter_return_kept"
    refusals: ClassVar = {**REFUSALS, NotInStock: "utter_exchange_gone"}

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Say at once what cannot be exchanged; where nothing is there for it, offer the money."""
        if "order" in given:
            await demand_returnable(turn, given, ReturnKind.exchange)
        _hear_reason(turn, given)
        if {"line", "quantity", "replacement"} <= given.keys():
            await _demand_in_stock(turn, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what goes back for what, what it costs, and who pays the difference."""
        back, replacement = await returnable(turn, given), await _replacement(turn, given)
        pieces, reason = back.pieces(given), reason_given(given)
        balance = exchange_balance(back.order, pieces, replacement)
        turn.say(
            "utter_exchange_restate",
            titles=back.titles(pieces, turn),
            order_number=back.order.number,
            replacement=replacement.title(turn.language),
            conditions=conditions(turn, back.terms, reason, Decimal(0)),
            difference=_difference(turn, balance, back.order.currency),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Announce it, send the label, and say what happens next."""
        back, replacement = await returnable(turn, given), await _replacement(turn, given)
        wanted = Wanted(back.order.number, back.pieces(given), reason_given(given), replacement.sku)
        announced = await announce(
            turn.session, turn.conversation, wanted, at=turn.at, cause=turn.message_id
        )
        sent = await send_label(turn, announced)
        last_day = back.terms.last_day(back.order, ReturnKind.exchange)
        turn.say(
            "utter_exchange_done" if sent else "utter_exchange_done_label",
            return_number=announced.number,
            label=announced.label,
            replacement=replacement.title(turn.language),
            last_day=spell_date(last_day, turn.language),
        )
        return []


async def _replacement(turn: ActionTurn, given: Json) -> Product:
    return await product_of(turn, given, "replacement")


async def _demand_in_stock(turn: ActionTurn, given: Json) -> None:
    replacement = await _replacement(turn, given)
    if replacement.stock < given["quantity"]:
        known = {name: given[name] for name in KNOWN_FOR_MONEY if name in given}
        raise OfferedInstead(
            "utter_exchange_sold_out",
            "action_return_item",
            given=known,
            title=replacement.title(turn.language),
        )


def _hear_reason(turn: ActionTurn, given: Json) -> None:
    """Keep a reason that was said, without asking for one."""
    said = turn.entity("reason")
    if said in set(Reason):
        given["reason"] = str(said)


def _difference(turn: ActionTurn, balance: Decimal, currency: str) -> str:
    if balance == 0:
        return turn.wording("utter_exchange_even")
    response = "utter_exchange_refund" if balance > 0 else "utter_exchange_surcharge"
    return turn.wording(response, amount=spell_price(abs(balance), currency, turn.language))
