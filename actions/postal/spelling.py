"""Writes and speaks an address as its country does."""

from actions.postal.countries import country_called
from crm_store.base import Language
from crm_store.customers.addresses import PostalAddress

TOWN_FIRST = {"GB", "US"}


def spell_address(place: PostalAddress, language: Language, *, spoken: bool = False) -> str:
    """Return an address on one line; a spoken postcode is read out sign by sign."""
    code = " ".join(place.postcode.replace(" ", "")) if spoken else place.postcode
    town_first = place.country in TOWN_FIRST
    town = f"{place.town} {code}" if town_first else f"{code} {place.town}"
    return f"{place.street}, {town}, {country_called(place.country, language)}"
