"""What a row of an imported file must hold."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Self

import phonenumbers
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from crm_store.base import Language
from crm_store.catalogue.models import ProductKind
from crm_store.customers.addresses import PostalAddress
from crm_store.orders.models import OrderState

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _listed(value: Any) -> Any:
    if isinstance(value, str):
        return [part for part in value.split("|") if part.strip()]
    return [] if value is None else value


def _moment(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        return datetime.combine(date.fromisoformat(value.strip()), time(), UTC)
    return value


def _e164(value: Any) -> Any:
    if _blank_is_none(value) is None:
        return None
    try:
        number = phonenumbers.parse(str(value), None)
    except phonenumbers.NumberParseException:
        raise ValueError("a phone number begins with + and its country") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("no phone number is that long or short")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_STRIPPED = StringConstraints(strip_whitespace=True, min_length=1)
Words = Annotated[str, _STRIPPED]
Optional = Annotated[Annotated[str, _STRIPPED] | None, BeforeValidator(_blank_is_none)]
Several = Annotated[list[Words], BeforeValidator(_listed)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
OptionalMoment = Annotated[
    AwareDatetime | None, BeforeValidator(lambda v: _moment(_blank_is_none(v)))
]
OptionalDay = Annotated[date | None, BeforeValidator(_blank_is_none)]
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Email = Annotated[
    Annotated[str, StringConstraints(to_lower=True, pattern=r"^[^@\s]+@[^@\s]+$")] | None,
    BeforeValidator(_blank_is_none),
]
Phone = Annotated[str | None, BeforeValidator(_e164)]
Country = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None, BeforeValidator(_blank_is_none)
]


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Placed(_Row):
    """A row with an address, whole or not at all."""

    street: Optional = None
    postcode: Optional = None
    town: Optional = None
    country: Country = None

    @model_validator(mode="after")
    def _has_a_whole_address(self) -> Self:
        parts = (self.street, self.postcode, self.town, self.country)
        if any(parts) and not all(parts):
            raise ValueError("an address has a street, a postcode, a town and a country")
        return self

    @property
    def place(self) -> PostalAddress | None:
        """The address, if the row has one."""
        if not (self.street and self.postcode and self.town and self.country):
            return None
        return PostalAddress(self.street, self.postcode, self.town, self.country)


class ProductRow(_Row):
    """A product, with its texts in at least one language."""

    sku: Words
    kind: ProductKind = ProductKind.other
    format: Optional = None
    creator: Optional = None
    genre: Optional = None
    era: Optional = None
    country: Optional = None
    city: Optional = None
    subjects: Several = []
    price: Money
    currency: Currency
    stock: Annotated[int, Field(ge=0)]
    image: Optional = None
    title_de: Optional = None
    title_en: Optional = None
    description_de: Optional = None
    description_en: Optional = None

    @model_validator(mode="after")
    def _has_a_title(self) -> Self:
        if not self.titles:
            raise ValueError("a title is missing in every language")
        return self

    @property
    def titles(self) -> dict[Language, tuple[str, str]]:
        """The title and description in each language that has a title."""
        said = {
            Language.de: (self.title_de, self.description_de),
            Language.en: (self.title_en, self.description_en),
        }
        return {spoken: (title, about or "") for spoken, (title, about) in said.items() if title}


class CustomerRow(_Placed):
    """A customer and how to reach them."""

    number: Words
    given_name: Words
    family_name: Words
    language: Language
    email: Email = None
    phone: Phone = None
    since: Moment
    interests: Several = []


class LineRow(_Row):
    """One product of an order, as it was sold."""

    sku: Words
    title: Words
    quantity: Annotated[int, Field(gt=0)]
    price: Money


class OrderRow(_Placed):
    """An order of a customer whom the shop knows."""

    number: Words
    customer: Words
    recipient: Optional = None
    placed_at: Moment
    state: OrderState
    expected_on: OptionalDay = None
    shipped_at: OptionalMoment = None
    delivered_at: OptionalMoment = None
    carrier: Optional = None
    tracking: Optional = None
    currency: Currency
    lines: Annotated[list[LineRow], Field(min_length=1)]
