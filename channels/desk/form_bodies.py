"""A form as the page sends it, filled in by an agent."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from channels.desk.bodies import storable, text
from crm_store.forms.filled import (
    Cancellation,
    Filled,
    Move,
    Redirection,
    Renaming,
    Sending,
)
from crm_store.returns.models import Reason

Value = Annotated[str, text(1, 200), AfterValidator(storable)]
Optional = Annotated[str, text(0, 200), AfterValidator(storable)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _ReturnItem(BaseModel):
    form: Literal["return_item"]
    order: Value
    line: Value
    quantity: int = Field(default=1, ge=1, le=999)
    reason: Reason | None = None

    def filled(self) -> Filled:
        return Sending(self.order, self.line, self.quantity, self.reason)


class _CancelOrder(BaseModel):
    form: Literal["cancel_order"]
    order: Value

    def filled(self) -> Filled:
        return Cancellation(self.order)


class _ChangeAddress(BaseModel):
    form: Literal["change_address"]
    street: Value
    postcode: Value
    town: Value
    country: Country

    def filled(self) -> Filled:
        return Move(self.street, self.postcode, self.town, self.country)


class _ChangeDeliveryAddress(BaseModel):
    form: Literal["change_delivery_address"]
    order: Value
    recipient: Optional = ""
    street: Value
    postcode: Value
    town: Value
    country: Country

    def filled(self) -> Filled:
        place = self.street, self.postcode, self.town, self.country
        return Redirection(self.order, self.recipient, *place)


class _ChangeName(BaseModel):
    form: Literal["change_name"]
    given_name: Optional = ""
    family_name: Value

    def filled(self) -> Filled:
        return Renaming(self.given_name, self.family_name)


class FinishedForm(BaseModel):
    """What is to be done, for the epoch that the page was given."""

    epoch: int
    filled: Annotated[
        _ReturnItem | _CancelOrder | _ChangeAddress | _ChangeDeliveryAddress | _ChangeName,
        Field(discriminator="form"),
    ]


class DroppedForm(BaseModel):
    """Which form is to be let be."""

    epoch: int
    form: Value
