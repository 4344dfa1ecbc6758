"""What a wish says of the price."""

from decimal import Decimal
from typing import Final

from crm_store.suggestions.filter_words import filter_words
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.sentence import Sentence

_ABOUT: Final = Decimal("0.25")
"""How far "about 20" may be off."""
_CENT: Final = Decimal("0.01")
_LIMITS: Final = ("at_most", "at_least", "about")


def priced(said: Sentence, currency: str) -> tuple[Filters, set[int]]:
    """Return the limits that sums of money set, and the places of the words that say so.

    A sum without further words is the most that may be spent, as it is in a shop.
    """
    places = sorted(said.sums)
    if len(places) == 2 and _is_range(said, places[0], places[1]):
        return _between(said, places[0], places[1], currency)
    filters, taken = Filters(), set[int]()
    for place in places:
        limit, start, end = _limit(said, place)
        taken |= set(range(start, end))
        if said.sums[place].currency in {None, currency}:
            filters = _narrowed(filters, _as_filters(limit, said.sums[place].value))
    return filters, taken


def _is_range(said: Sentence, low: int, high: int) -> bool:
    words = filter_words()
    joints = words["price.words", "joints"]
    return bool(
        words["price.between", "before"].before(said.words, low)
        or said.joined(low, high)
        or (high > low + 1 and joints.at(said.words, low + 1) == high - low - 1)
    )


def _between(said: Sentence, low: int, high: int, currency: str) -> tuple[Filters, set[int]]:
    _, start, _ = _limit(said, low)
    start = min(start, low - filter_words()["price.between", "before"].before(said.words, low))
    taken = set(range(start, high + 1))
    if said.sums[high].currency != currency:
        return Filters(), taken
    least, most = sorted((said.sums[low].value, said.sums[high].value))
    return Filters(least, most), taken


def _limit(said: Sentence, place: int) -> tuple[str, int, int]:
    """Return the limit that a sum is, and the first and the last word that say it."""
    words = filter_words()
    sizes = {
        limit: words[f"price.{limit}", "before"].before(said.words, place) for limit in _LIMITS
    }
    limit = max(sizes, key=sizes.__getitem__)
    start, end = place - sizes[limit], place + 1
    if start == place:
        after = {limit: words[f"price.{limit}", "after"].at(said.words, end) for limit in _LIMITS}
        limit = max(after, key=after.__getitem__)
        end += after[limit]
    start -= words["price.words", "begin"].before(said.words, start)
    return limit, start, end


def _as_filters(limit: str, value: Decimal) -> Filters:
    match limit:
        case "at_least":
            return Filters(least_price=value)
        case "about":
            off = value * _ABOUT
            return Filters((value - off).quantize(_CENT), (value + off).quantize(_CENT))
        case _:
            return Filters(most_price=value)


def _narrowed(one: Filters, other: Filters) -> Filters:
    """Return both limits; of two that are the most the greater one, for one is a second thought."""
    least = [price for price in (one.least_price, other.least_price) if price is not None]
    most = [price for price in (one.most_price, other.most_price) if price is not None]
    return Filters(min(least, default=None), max(most, default=None))
