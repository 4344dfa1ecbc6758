"""A form as an agent has filled it in."""

from dataclasses import dataclass

from crm_store.forms.models import FormKind
from crm_store.returns.models import Reason


@dataclass(frozen=True, slots=True)
class Sending:
    """Something of an order that goes back."""

    order: str
    line: str
    """The sku of the item, or EVERY."""
    quantity: int = 1
    reason: Reason | None = None
    kind = FormKind.return_item


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An order that is not wanted any more."""

    order: str
    kind = FormKind.cancel_order


@dataclass(frozen=True, slots=True)
class Move:
    """Where the customer lives now."""

    street: str
    postcode: str
    town: str
    country: str
    kind = FormKind.change_address


@dataclass(frozen=True, slots=True)
class Redirection:
    """Where an order goes instead, and to whom; to whom it went before, if that is empty."""

    order: str
    recipient: str
    street: str
    postcode: str
    town: str
    country: str
    kind = FormKind.change_delivery_address


@dataclass(frozen=True, slots=True)
class Renaming:
    """What the customer is called now; the part that is empty stays."""

    given_name: str
    family_name: str
    kind = FormKind.change_name


Filled = Sending | Cancellation | Move | Redirection | Renaming
