"""A form that was left open: which, what is known for it, and what is missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from crm_store.base import Json

YES: Final = "yes"
"""What the assistant asks last: whether what it has restated is right."""
PARTS: Final = ("street", "postcode", "town", "country")
EVERY: Final = "*"
"""What is known of an item where all of the order's are meant."""


class FormKind(StrEnum):
    """The forms that an agent can finish, by the names of the assistant's actions."""

    return_item = "action_return_item"
    cancel_order = "action_cancel_order"
    change_address = "action_change_address"
    change_delivery_address = "action_change_delivery_address"
    change_name = "action_change_name"


FIELDS: Final[Mapping[FormKind, tuple[str, ...]]] = {
    FormKind.return_item: ("order", "line", "quantity", "reason"),
    FormKind.cancel_order: ("order",),
    FormKind.change_address: PARTS,
    FormKind.change_delivery_address: ("order", "recipient", *PARTS),
    FormKind.change_name: ("given_name", "family_name"),
}
"""What is filled in, in the order in which it is asked for."""
OPTIONAL: Final = frozenset({"reason", "quantity", "recipient", "given_name"})
"""What need not be known: it stays as it is, or counts as one."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form as far as the customer has come with it."""

    errand: str
    """The name of the assistant's action."""
    given: Json
    """What is known, flat: by the name of the field."""
    asked: str | None = None
    """What the assistant has asked for last."""
    unproved: bool = False
    """Whether it waits for the customer to prove who they are."""

    @property
    def title(self) -> str:
        """The name by which the desk has words for it."""
        return self.errand.removeprefix("action_")

    @property
    def kind(self) -> FormKind | None:
        """Which form it is, if an agent can finish it."""
        return FormKind(self.errand) if self.errand in set(FormKind) else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be known before it can be done."""
        if self.kind is None:
            return () if self.asked in {None, YES} else (str(self.asked),)
        return tuple(
            name for name in FIELDS[self.kind] if name not in OPTIONAL and not self.given.get(name)
        )


def form_in(slots: Mapping[str, Any]) -> Form | None:
    """Return the newest form that is left open in what the assistant knows, if there is one."""
    frames = slots.get("left_open") or slots.get("errands") or ()
    return _form(frames[-1]) if frames else None


def _form(frame: Mapping[str, Any]) -> Form:
    return Form(
        errand=str(frame["errand"]),
        given=_flat(frame.get("given") or {}),
        asked=frame.get("asked"),
        unproved=bool(frame.get("unproved")),
    )


def _flat(given: Mapping[str, Any]) -> Json:
    """Return what is known with the parts of an address and of a name beside the rest."""
    known: Json = {}
    for name, value in given.items():
        match name, value:
            case "address", dict():
                known.update(value)
            case "name", dict():
                known["given_name"], known["family_name"] = value.get("given"), value.get("family")
            case str(), _ if name.startswith("address_"):
                known.setdefault(name.removeprefix("address_"), value)
            case _:
                known[name] = value
    return known
