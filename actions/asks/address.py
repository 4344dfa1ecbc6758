"""A postal address, in free words and at once; what is missing of it is asked for part by part."""

import re
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.base import ActionTurn
from actions.formats import spell_list
from actions.postal.countries import country_called, country_in, country_of
from actions.postal.hearing import Parts, address_in, name_in, number_in
from actions.postal.numbers import with_digits
from crm_store.base import Json
from crm_store.customers.addresses import PostalAddress
from crm_store.strategy.repository import PolicyRepository

PARTS: Final = ("street", "postcode", "town", "country")
POSTCODE: Final = re.compile(r"\b\d{4,5}\b")
FEWEST_LETTERS: Final = 3


def address_asks(name: str = "address", response: str = "utter_address_ask") -> tuple[Ask, ...]:
    """Return the questions for an address: for all of it, and for each part that may be missing."""
    return (
        AddressAsk(name, response),
        StreetAsk(name, "street", "utter_address_ask_street"),
        PostcodeAsk(name, "postcode", "utter_address_ask_postcode"),
        TownAsk(name, "town", "utter_address_ask_town"),
        CountryAsk(name, "country", "utter_address_ask_country"),
    )


def parts_given(given: Json, name: str = "address") -> Parts:
    """Return all that is known of an address so far; what was said last of it counts."""
    asked = {part: given[f"{name}_{part}"] for part in PARTS if f"{name}_{part}" in given}
    return {**asked, **(given.get(name) or {})}


def place_given(given: Json, name: str = "address") -> PostalAddress:
    """Return the address once all of it is known."""
    parts = parts_given(given, name)
    return PostalAddress(**{part: parts[part] for part in PARTS})


async def demand_served(turn: ActionTurn, given: Json, name: str = "address") -> None:
    """Raise Refused, as soon as the country is known, where the shop does not deliver there."""
    country = parts_given(given, name).get("country")
    countries = await _countries(turn)
    if country is not None and country not in countries:
        served = [country_called(code, turn.language) for code in countries]
        raise Refused(
            "utter_address_not_served",
            country=country_called(country, turn.language),
            countries=spell_list(served, turn.language, most=len(served)),
        )


class AddressAsk(Ask):
    """Whatever the words say of an address; what is kept is the parts that were said."""

    free = True
    takes = frozenset(
        (
            *("change_address", "change_delivery_address", "edit_account", "change_name"),
            *("identify", "create_account", "state_interest", "find_gift"),
        )
    )

    async def overheard(self, turn: ActionTurn, given: Json) -> Parts | None:
        """Return a whole address in any sentence, or what corrects the one that is known."""
        if turn.chosen:
            return None
        parts, known = await _heard(turn), parts_given(given, self.name)
        if not known:
            return parts if "street" in parts and parts.keys() & {"postcode", "town"} else None
        corrected = {**known, **(parts or _corrected(turn, known))}
        return corrected if corrected != known else None

    async def heard(self, turn: ActionTurn, given: Json) -> Parts | None:
        """Return what the answer says of it."""
        return await _heard(turn) or None


class PartAsk(Ask):
    """One part of an address, where the rest was said without it."""

    takes = AddressAsk.takes

    def __init__(self, address: str, part: str, response: str) -> None:
        super().__init__(f"{address}_{part}", response)
        self._address = address
        self._part = part

    def needed(self, given: Json) -> bool:
        """Ask only for what is missing."""
        return self._part not in parts_given(given, self._address)

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the part where more was answered than was asked."""
        if turn.chosen or self._address not in given or not self.needed(given):
            return None
        return (await _heard(turn)).get(self._part)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the part, said within an address or alone."""
        return (await _heard(turn)).get(self._part) or self._alone(turn, given)

    def _alone(self, turn: ActionTurn, given: Json) -> str | None:
        return None


class StreetAsk(PartAsk):
    """The street and the number; a place without numbers is taken at the second time."""

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask for both, or for the number of the street that was named."""
        road = self._road(given)
        if road:
            turn.say("utter_address_ask_number", road=road)
        else:
            turn.say(self.response)

    def _alone(self, turn: ActionTurn, given: Json) -> str | None:
        road, number = self._road(given), number_in(turn.text)
        if road and number:
            return f"{road} {number}"
        said = road or name_in(turn.text)
        if len(said) < FEWEST_LETTERS or turn.intent in {"affirm", "deny"}:
            return None
        if number or given.get(f"{self.name}_heard") == said:
            return said
        given[f"{self.name}_heard"] = said
        return None

    def _road(self, given: Json) -> str | None:
        road = parts_given(given, self._address).get("road")
        return road or given.get(f"{self.name}_heard")


class PostcodeAsk(PartAsk):
    """The postcode."""

    digits = True

    def _alone(self, turn: ActionTurn, given: Json) -> str | None:
        found = POSTCODE.search(with_digits(turn.text))
        return turn.entity("postcode") or (found[0] if found else None)


class TownAsk(PartAsk):
    """The town."""

    def _alone(self, turn: ActionTurn, given: Json) -> str | None:
        name = name_in(turn.text)
        plausible = len(name) >= FEWEST_LETTERS - 1 and not any(map(str.isdigit, name))
        return name if plausible and turn.intent not in {"affirm", "deny"} else None


class CountryAsk(PartAsk):
    """The country, where the postcode does not tell it."""

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the country that has such postcodes, if it is only one."""
        postcode = parts_given(given, self._address)["postcode"]
        return country_of(postcode, await _countries(turn))

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with the countries on offer to which the shop delivers."""
        turn.say(
            self.response,
            buttons=[
                turn.choice(
                    "utter_choice_country",
                    "inform",
                    entities={"choice": code},
                    country=country_called(code, turn.language),
                )
                for code in await _countries(turn)
            ],
        )

    def _alone(self, turn: ActionTurn, given: Json) -> str | None:
        return turn.entity("choice") or country_in(turn.text)


async def _heard(turn: ActionTurn) -> Parts:
    """Return what the words say, with a postcode that the bot has made out of spelling."""
    parts = address_in(turn.text)
    postcode = turn.entity("postcode")
    if postcode and "street" in parts and "postcode" not in parts:
        parts["postcode"] = str(postcode)
    return parts


def _corrected(turn: ActionTurn, known: Parts) -> Parts:
    """Return what a few words correct: the number of the house, or the postcode."""
    postcode, number = turn.entity("postcode"), number_in(turn.text)
    if postcode:
        return {"postcode": str(postcode)}
    if number and turn.intent in {"correct", "inform", "deny"} and "street" in known:
        road = re.sub(r"\s\d+\w?$", "", known["street"])
        return {"street": f"{road} {number}"} if road != known["street"] else {}
    return {}


async def _countries(turn: ActionTurn) -> list[str]:
    return (await PolicyRepository(turn.session).current()).delivery.countries
