"""My parcel has not come."""

from actions.asks.ask import Refused
from actions.asks.order import OrderAsk
from actions.asks.story import StoryAsk
from actions.base import ActionTurn, Event
from actions.orders import order_given, order_words
from actions.reports import Report, demand_unreported, open_case
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.insight.repository import EventRepository
from crm_store.orders.lateness import Delay, delay_of
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository


class MissingOrderAsk(OrderAsk):
    """The order that has not come: the one that is late, if only one is."""

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the late one, else what may be meant."""
        if turn.slot("order_number") is None:
            orders = await OrderRepository(turn.session).open_of(turn.conversation, at=turn.at)
            late = [order for order in orders if await _days_late(turn, order) > 0]
            if len(late) == 1:
                return late[0].number
        return await super().known(turn, given)


class ActionReportMissing(Report):
    """Have a parcel looked for that is late, lost, or said to be delivered."""

    action_name = "action_report_missing"
    intents = frozenset({"report_missing"})
    asks = (
        MissingOrderAsk(fits=lambda order: order.under_way or order.state is OrderState.delivered),
        StoryAsk("story", "utter_report_sorry", begins_with=intents, asked=False),
    )

    def needs_yes(self, given: Json) -> bool:
        """Restate nothing that was just offered in the same words."""
        return not given.get("agreed")

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Nothing is looked for that is not late yet, or that is looked for already."""
        if "order" not in given:
            return
        order = await order_given(turn, given)
        if order.state is OrderState.cancelled:
            raise Refused("utter_order_cancelled", **order_words(order, turn))
        if order.state is OrderState.returned:
            raise Refused("utter_order_returned", **order_words(order, turn))
        in_time = order.expected_on is not None and await _days_late(turn, order) == 0
        if order.under_way and in_time:
            raise Refused("utter_missing_not_late", **order_words(order, turn))
        await demand_unreported(turn, order, CaseKind.missing)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what the record tells of it, and what will be done."""
        order = await order_given(turn, given)
        turn.say(await _restated(turn, order), **order_words(order, turn))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Open a case, with the customer's own words, and say by when they hear from us."""
        order = await order_given(turn, given)
        told = turn.wording("utter_case_missing", order_number=order.number)
        text = "\n".join(filter(None, (told, given.get("story"))))
        case = await open_case(turn, CaseKind.missing, text, order)
        EventRepository(turn.session).record(
            "parcel_missing", turn.conversation, {"order": order.number}, cause=turn.message_id
        )
        turn.say("utter_missing_done", **order_words(order, turn), **case)
        return []


async def _restated(turn: ActionTurn, order: Order) -> str:
    if order.state is OrderState.delivered:
        dated = order.delivered_at is not None
        return "utter_missing_restate_delivered" if dated else "utter_missing_restate"
    if order.expected_on is None:
        return "utter_missing_restate"
    policies = await PolicyRepository(turn.session).current()
    delay = delay_of(order, policies.lateness, local_day(policies.shop, turn.at))
    lost = delay is Delay.lost
    return "utter_missing_restate_lost" if lost else "utter_missing_restate_late"


async def _days_late(turn: ActionTurn, order: Order) -> int:
    shop = (await PolicyRepository(turn.session).current()).shop
    return order.days_late(local_day(shop, turn.at))
