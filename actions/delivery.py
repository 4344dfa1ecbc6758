"""What the answers about delivery share: ways, days and countries in words."""

from datetime import date

from actions.base import ActionTurn
from actions.formats import spell_day, spell_list
from actions.postal.countries import country_called, country_in
from crm_store.shop.delivery import arrives_by
from crm_store.strategy.opening import local_day
from crm_store.strategy.policies import Delivery, DeliveryOption, Policies

MOST_SPOKEN = 2
MOST_WRITTEN = 8


def most(turn: ActionTurn) -> int:
    """Return how many ways of delivery are told at once."""
    return MOST_SPOKEN if turn.on_phone else MOST_WRITTEN


def option_words(option: DeliveryOption, policies: Policies, turn: ActionTurn) -> dict[str, str]:
    """Return what responses may say of a way of delivery, if one ordered now."""
    by = arrives_by(option, local_day(policies.shop, turn.at))
    return {
        "option": option.said(turn.language),
        "days": days_of(option, turn),
        "arrives_by": spell_day(by, turn.language),
    }


def days_of(option: DeliveryOption, turn: ActionTurn) -> str:
    """Return how long it takes, in words."""
    fewest, most_days = option.days
    if fewest != most_days:
        return turn.wording("utter_delivery_days", fewest=str(fewest), most=str(most_days))
    if most_days == 1:
        return turn.wording("utter_delivery_day")
    return turn.wording("utter_delivery_days_alike", most=str(most_days))


def countries_of(delivery: Delivery, turn: ActionTurn) -> str:
    """Return where the shop delivers, in words."""
    called = [country_called(code, turn.language) for code in delivery.countries]
    return spell_list(called, turn.language, most=len(called))


def serves_named_country(delivery: Delivery, turn: ActionTurn) -> bool:
    """Say whether the shop delivers to the country that was named, and return it; True if none."""
    country = country_in(turn.text)
    if country is None:
        return True
    served = country in delivery.countries
    turn.say(
        "utter_delivery_country" if served else "utter_address_not_served",
        country=country_called(country, turn.language),
        countries=countries_of(delivery, turn),
    )
    return served


def day_asked_about(turn: ActionTurn) -> date | None:
    """Return the day, or the last of the days, by which something is wanted."""
    named = turn.entity("date")
    return date.fromisoformat(str(named).rpartition("/")[2]) if named else None
