"""What filters are in SQL: conditions on a product `p`, and the values that these need."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from crm_store.suggestions.filters import Filters, Of, Thing

_COLUMNS: Final[Mapping[Of, str]] = {
    Of.creator: "p.creator",
    Of.genre: "lower(p.genre)",
    Of.era: "lower(p.era)",
    Of.kind: "p.kind",
    Of.form: "p.format",
    Of.country: "p.country",
    Of.city: "p.city",
}


def fitting(filters: Filters) -> str:
    """Return the condition under which a product passes; constants alone, no word of a customer."""
    return " AND ".join(condition for condition, _ in _conditions(filters))


def values(filters: Filters) -> dict[str, Any]:
    """Return the values that the condition needs, by their names in it."""
    return {name: value for _, needed in _conditions(filters) for name, value in needed.items()}


def _conditions(filters: Filters) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "true" if filters.sold_out else "p.stock > 0", {}
    if filters.least_price is not None:
        yield "p.price >= :least_price", {"least_price": filters.least_price}
    if filters.most_price is not None:
        yield "p.price <= :most_price", {"most_price": filters.most_price}
    if filters.formats:
        yield "p.format = ANY(:formats)", {"formats": list(filters.formats)}
    for place, thing in enumerate(filters.only):
        yield _bearing(thing, f"only_{place}", about=False)
    for place, group in enumerate(filters.without):
        each = [
            _bearing(thing, f"without_{place}_{nth}", about=True) for nth, thing in enumerate(group)
        ]
        borne = " AND ".join(condition for condition, _ in each)
        yield f"NOT ({borne})", {name: value for _, one in each for name, value in one.items()}


def _bearing(thing: Thing, prefix: str, *, about: bool) -> tuple[str, dict[str, Any]]:
    """Return the condition that a product bears a thing; `about` a maker counts as well."""
    needed: dict[str, list[str]] = {}
    borne: list[str] = []
    for of in dict.fromkeys(name.of for name in thing):
        names = f"{prefix}_{of.value}"
        needed[names] = [name.name for name in thing if name.of is of]
        if of in _COLUMNS:
            borne.append(f"coalesce({_COLUMNS[of]} = ANY(:{names}), false)")
        if of is Of.subject or (about and of is Of.creator):
            borne.append(f"p.subjects && CAST(:{names} AS text[])")
    return f"({' OR '.join(borne)})", needed
