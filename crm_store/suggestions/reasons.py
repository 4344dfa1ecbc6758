"""Why a product is suggested: facts first, then words in the customer's language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from crm_store.base import Json, Language
from crm_store.catalogue.vocabulary import Facet, vocabulary

Named = Mapping[Language, str]


class Link(StrEnum):
    """What connects a product with what the customer likes."""

    work = "work"
    creator = "creator"
    also_by = "also_by"
    genre = "genre"
    era = "era"
    theme = "theme"
    kind = "kind"
    beside = "beside"
    place = "place"
    near = "near"
    bought = "bought"
    viewed = "viewed"
    asked = "asked"
    wish = "wish"


@dataclass(frozen=True, slots=True)
class Reason:
    """A link and what it is about, called by its name in each language."""

    link: Link
    about: Named = field(default_factory=dict)
    place: Named = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether it rests on a name that the customer said."""
        return self.link is not Link.wish

    @classmethod
    def of_title(cls, title: str) -> Self:
        """Because of a work that the customer likes."""
        return cls(Link.work, _as_is(title))

    @classmethod
    def of_creator(cls, name: str) -> Self:
        """Because of the one who made it, or whom it is about."""
        return cls(Link.creator, _as_is(name))

    @classmethod
    def also_by(cls, name: str) -> Self:
        """Because the one who made what is looked at made it too."""
        return cls(Link.also_by, _as_is(name))

    @classmethod
    def of_genre(cls, key: str) -> Self:
        """Because of the sort of work."""
        return cls(Link.genre, _called(Facet.genre, key))

    @classmethod
    def of_era(cls, key: str) -> Self:
        """Because of its time."""
        return cls(Link.era, _called(Facet.era, key))

    @classmethod
    def of_kind(cls, key: str) -> Self:
        """Because this sort of product was asked for."""
        return cls(Link.kind, _called(Facet.kind, key))

    @classmethod
    def of_name(cls, name: str) -> Self:
        """Because of a city or topic."""
        return cls(Link.theme, _named(name))

    @classmethod
    def of_country(cls, code: str) -> Self:
        """Because of a country."""
        return cls(Link.theme, _called(Facet.country, code))

    @classmethod
    def near(cls, name: str) -> Self:
        """Because it is about the one who made what else is suggested."""
        return cls(Link.near, _as_is(name))

    @classmethod
    def of_wish(cls) -> Self:
        """Because it answers the words of the wish as a whole."""
        return cls(Link.wish)

    def beside(self, city: str | None, country: str | None) -> "Reason":
        """Return the reason of a neighbour: what this one is about, and where both belong."""
        place = _named(city) if city else _called(Facet.country, country) if country else {}
        match (bool(self.about), bool(place) and place != self.about):
            case (True, True):
                return Reason(Link.beside, self.about, place)
            case (True, False):
                return Reason(Link.near, self.about)
            case (False, True):
                return Reason(Link.place, place=place)
            case _:
                return Reason(Link.wish)

    def for_another(self) -> "Reason":
        """Return the reason for a present: it is not the customer who likes what it is about."""
        return self.after(Link.near)

    def after(self, link: Link) -> "Reason":
        """Return the reason where it says that somebody likes something, by another link."""
        liked = self.link in {Link.work, Link.creator, Link.genre, Link.era}
        return Reason(link, self.about) if liked else self

    def said(self, language: Language) -> str:
        """Return the reason as the customer reads or hears it."""
        return wordings()[self.link][language].format(
            about=self.about.get(language, ""), place=self.place.get(language, "")
        )

    def as_json(self) -> Json:
        """Return the facts, as they are kept and shown at the desk."""
        facts: Json = {"link": self.link.value}
        if self.about:
            facts["about"] = {language.value: name for language, name in self.about.items()}
        if self.place:
            facts["place"] = {language.value: name for language, name in self.place.items()}
        return facts


@cache
def wordings() -> Mapping[Link, Mapping[Language, str]]:
    """Return the words for every link in every language, read once."""
    text = files("crm_store.suggestions").joinpath("reasons.toml").read_text("utf-8")
    written = tomllib.loads(text)
    return {link: {lang: written[link][lang] for lang in Language} for link in Link}


def _as_is(name: str) -> Named:
    return dict.fromkeys(Language, name)


def _named(name: str) -> Named:
    return {language: vocabulary().named(name, language) for language in Language}


def _called(facet: Facet, key: str) -> Named:
    return {language: vocabulary().called(facet, key, language) for language in Language}
