"""Which ways of delivery are there, and what do they cost?"""

from decimal import Decimal

from actions.base import ActionTurn, Event, StoreAction
from actions.delivery import countries_of, most, option_words, serves_named_country
from actions.formats import spell_list, spell_price
from crm_store.shop.delivery import STANDARD, option_called
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository


class ActionDeliveryOptions(StoreAction):
    """Tell the ways of delivery with their prices; anybody may ask."""

    action_name = "action_delivery_options"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell them, unless the country that is named is none that the shop delivers to."""
        policies = await PolicyRepository(turn.session).current()
        delivery, currency = policies.delivery, policies.shop.currency
        if serves_named_country(delivery, turn):
            entries = _entries(policies, turn)
            turn.say(
                "utter_delivery_options",
                entries=spell_list(entries, turn.language, most=most(turn)),
                free_from=spell_price(delivery.free_from, currency, turn.language),
                standard=option_called(delivery, STANDARD).said(turn.language),
                carrier=delivery.carrier,
                countries=countries_of(delivery, turn),
            )
        return []


def _entries(policies: Policies, turn: ActionTurn) -> list[str]:
    return [
        turn.wording(
            "utter_delivery_option" if option.cost > Decimal(0) else "utter_delivery_option_free",
            cost=spell_price(option.cost, policies.shop.currency, turn.language),
            **option_words(option, policies, turn),
        )
        for option in policies.delivery.options
    ]
