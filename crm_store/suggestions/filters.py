"""What a suggestion must be like: price, format, by whom and by whom not, in stock or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Self

from crm_store.base import Json


class Of(StrEnum):
    """What a name is the name of."""

    creator = "creator"
    family = "family"
    subject = "subject"
    city = "city"
    country = "country"
    genre = "genre"
    era = "era"
    kind = "kind"
    form = "format"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name of the catalogue."""

    of: Of
    name: str


Thing = tuple[Name, ...]
"""What a customer names once, by all the names it may have: both families Strauss, say."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What holds for every product that answers a wish; an empty one lets everything in stock."""

    least_price: Decimal | None = None
    most_price: Decimal | None = None
    """In the shop's currency, as `least_price` is."""
    formats: tuple[str, ...] = ()
    """Any of these is right."""
    only: tuple[Thing, ...] = ()
    """Each of them must be borne."""
    without: tuple[tuple[Thing, ...], ...] = ()
    """No product may bear all things of one of these: "no operas by Wagner"."""
    sold_out: bool | None = None
    """Whether sold-out products are welcome too; None where nothing was said of it."""

    def __bool__(self) -> bool:
        return self != Filters()

    def and_then(self, later: "Filters") -> "Filters":
        """Return these with what was said later; of two that contradict, the later one holds."""
        priced = later if later.has_price else self
        only = later.only or self.only
        wanted = {name for thing in later.only for name in thing}
        kept = (group for group in self.without if not _is_among(group, wanted))
        return Filters(
            priced.least_price,
            priced.most_price,
            later.formats or _without(self.formats, later.without),
            only,
            tuple(dict.fromkeys([*kept, *later.without])),
            self.sold_out if later.sold_out is None else later.sold_out,
        )

    @property
    def has_price(self) -> bool:
        """Whether a price was said."""
        return self.least_price is not None or self.most_price is not None

    @property
    def choose(self) -> bool:
        """Whether something can be chosen by them alone: not by what is refused."""
        return bool(self.formats or self.only or self.has_price)

    def in_any_format(self) -> "Filters":
        """Return these without the format, for when nothing comes in it."""
        return replace(self, formats=())

    def only_what_is_refused(self) -> "Filters":
        """Return what still holds when it was said long ago: nobody's budget does."""
        return Filters(without=self.without)

    def as_json(self) -> Json:
        """Return what was said of them, and nothing else, as it is kept and shown."""
        said = {
            "least_price": None if self.least_price is None else str(self.least_price),
            "most_price": None if self.most_price is None else str(self.most_price),
            "formats": list(self.formats),
            "only": [_listed(thing) for thing in self.only],
            "without": [[_listed(thing) for thing in group] for group in self.without],
            "sold_out": self.sold_out,
        }
        return {key: value for key, value in said.items() if value not in (None, [])}

    @classmethod
    def of_json(cls, kept: Json) -> Self:
        """Return what `as_json` gave."""
        least, most = kept.get("least_price"), kept.get("most_price")
        return cls(
            None if least is None else Decimal(least),
            None if most is None else Decimal(most),
            tuple(kept.get("formats") or ()),
            tuple(_thing(thing) for thing in kept.get("only") or ()),
            tuple(tuple(_thing(thing) for thing in group) for group in kept.get("without") or ()),
            kept.get("sold_out"),
        )


def _listed(thing: Thing) -> list[Json]:
    return [{name.of.value: name.name} for name in thing]


def _thing(kept: Iterable[Json]) -> Thing:
    return tuple(Name(Of(of), name) for one in kept for of, name in one.items())


def _is_among(group: Sequence[Thing], names: set[Name]) -> bool:
    return all(names.intersection(thing) for thing in group)


def _without(formats: Iterable[str], refused: Iterable[Sequence[Thing]]) -> tuple[str, ...]:
    gone = {name.name for group in refused if len(group) == 1 for name in group[0]}
    return tuple(key for key in formats if key not in gone)
