"""All that a customer may name, read from one message."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone

from bot.entities.addresses import emails
from bot.entities.codes import codes
from bot.entities.counts import numbers, ratings
from bot.entities.dates import dates
from bot.entities.denying import not_denied
from bot.entities.money import amounts
from bot.entities.named import Named
from bot.entities.orders import customer_numbers, order_numbers
from bot.entities.phones import phone_numbers
from bot.entities.plain import hear
from bot.entities.positions import positions
from bot.entities.postcodes import british_postcodes, postcodes, postcodes_with_country
from bot.entities.said import Said, Taken
from bot.entities.times import times
from bot.entities.vouchers import voucher_codes, without_faults_of_codes
from bot.entities.wishes import wishes

READERS: tuple[Callable[[Said], Iterator[Named]], ...] = (
    emails,
    customer_numbers,
    british_postcodes,
    postcodes_with_country,
    voucher_codes,
    order_numbers,
    amounts,
    ratings,
    dates,
    times,
    codes,
    phone_numbers,
    postcodes,
    positions,
    wishes,
    numbers,
)
"""The surest first: what one has taken, the others do not see."""
OF_FIGURES = {
    *(customer_numbers, british_postcodes, postcodes_with_country, voucher_codes),
    *(order_numbers, codes, phone_numbers, postcodes),
}
"""Those that need not look at a message without any number."""


def named_in(
    text: str, *, language: str | None = None, today: date | None = None, region: str = "DE"
) -> list[Named]:
    """Return what the text names, in its order; where two readings overlap, the surer one.

    Both languages are understood in either; `language` only settles what would be read in two
    ways. Days are reckoned from `today`, telephone numbers without a country are the region's.
    """
    day = today or datetime.now(tz=timezone.utc).date()
    said = hear(text, language=language, today=day, region=region)
    taken = Taken(len(text))
    names: list[Named] = []
    for reader in READERS:
        if reader in OF_FIGURES and not said.has_figures:
            continue
        found = [name for name in reader(said) if taken.take(name.start, name.end)]
        said = said.without(found) if found else said
        names += found
    meant = without_faults_of_codes(not_denied(names, said), text)
    return sorted(meant, key=lambda name: name.start)
