"""The places in a canned reply that differ each time, such as {customer}. Pure."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from crm_store.errors import UnknownPlace


class Place(StrEnum):
    """What may stand between braces."""

    customer = "customer"
    agent = "agent"
    order = "order"
    shop = "shop"


_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def require_known(text: str) -> None:
    """Refuse a text with a place that nobody could fill."""
    for name in _names(text):
        if name not in set(Place):
            raise UnknownPlace(name)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the places that have a value, once: what is filled in is not looked at again."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def _names(text: str) -> Iterator[str]:
    return (found[1] for found in _BRACES.finditer(text))
