"""Addresses, numbers and names as they are read out, so that a listener could write them down."""

import tomllib
from functools import cache
from importlib.resources import files

import phonenumbers

from crm_store.base import Language
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactKind


def spell_contact(contact: Contact, language: Language, *, spoken: bool) -> str:
    """Return a contact as it is read, or as it is heard."""
    match contact.kind:
        case ContactKind.email:
            return spell_email(contact.value, language) if spoken else contact.value
        case ContactKind.phone:
            return spell_digits(contact.value) if spoken else spaced(contact.value)


def spell_email(address: str, language: Language) -> str:
    """Return an address in words: "ana Punkt ruiz ät example Punkt com"."""
    said = "".join(
        f" {_signs()[language][sign]} " if sign in _signs()[language] else sign for sign in address
    )
    return " ".join(said.split())


def spell_digits(number: str) -> str:
    """Return a number in E.164 digit by digit, with a pause between its groups."""
    groups = spaced(number).replace("+", "").replace("-", " ").split()
    return "plus " + ", ".join(" ".join(group) for group in groups)


def spaced(number: str) -> str:
    """Return a number in E.164 with the gaps of its country."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def spell_letters(word: str) -> str:
    """Return a word letter by letter: "R, u, i, z"."""
    return ", ".join(word.replace(" ", ""))


@cache
def _signs() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("actions").joinpath("spelling.toml").read_text("utf-8"))
