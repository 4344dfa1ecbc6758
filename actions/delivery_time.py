"""How long does delivery take?"""

from actions.base import ActionTurn, Event, StoreAction
from actions.delivery import day_asked_about, most, option_words, serves_named_country
from actions.formats import spell_day, spell_list
from actions.orders import order_words
from crm_store.customers.models import Level
from crm_store.orders.repository import OrderRepository
from crm_store.shop.delivery import arrives_by
from crm_store.strategy.opening import local_day
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository


class ActionDeliveryTime(StoreAction):
    """Tell how long delivery takes, or whether it is there by a day; anybody may ask."""

    action_name = "action_delivery_time"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell what holds for an order of today, and when the one under way is expected."""
        policies = await PolicyRepository(turn.session).current()
        if not serves_named_country(policies.delivery, turn):
            return []
        if day_asked_about(turn) is None:
            _tell(policies, turn)
        else:
            _tell_by_day(policies, turn)
        await _tell_of_own(turn)
        return []


def _tell(policies: Policies, turn: ActionTurn) -> None:
    entries = [
        turn.wording("utter_delivery_time_entry", **option_words(option, policies, turn))
        for option in policies.delivery.options
    ]
    turn.say("utter_delivery_time", entries=spell_list(entries, turn.language, most=most(turn)))


def _tell_by_day(policies: Policies, turn: ActionTurn) -> None:
    """Name the first way that is in time, else the fastest."""
    today, day = local_day(policies.shop, turn.at), day_asked_about(turn)
    options = policies.delivery.options
    in_time = [option for option in options if day and arrives_by(option, today) <= day]
    fastest = min(options, key=lambda option: arrives_by(option, today))
    turn.say(
        "utter_delivery_in_time" if in_time else "utter_delivery_not_in_time",
        day=spell_day(day or today, turn.language),
        **option_words(in_time[0] if in_time else fastest, policies, turn),
    )


async def _tell_of_own(turn: ActionTurn) -> None:
    if turn.conversation.current_level(turn.at) < Level.verified:
        return
    under_way = await OrderRepository(turn.session).open_of(turn.conversation, at=turn.at)
    expected = [order for order in under_way if order.expected_on is not None]
    if len(expected) == 1 and expected[0].days_late(turn.at.date()) == 0:
        turn.say("utter_delivery_own_order", **order_words(expected[0], turn))
