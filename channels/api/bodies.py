"""What the shop's programs send, and what they are answered."""

from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crm_store.base import Language
from crm_store.suggestions.service import Offer

LONGEST_WISH = 4000
LONGEST_NAME = 200
MOST = 10


def _storable(text: str) -> str:
    # The one character that no text column takes.
    if "\x00" in text:
        raise ValueError("a text holds no NUL")
    return text


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_storable)]
WishText = Annotated[str, Field(max_length=LONGEST_WISH), AfterValidator(_storable)]


class Asked(BaseModel):
    """For whom something is wanted, and what it is to go by; at least one of the three."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"customer": "C-1001", "product": "REC-VERDI-AIDA", "language": "de", "most": 3},
                {"wish": "something like Verdi, for a long journey", "language": "en"},
            ]
        },
    )

    customer: Name | None = Field(
        None, description="The customer's number, as it was imported: what they own is left out."
    )
    product: Name | None = Field(None, description="The number of a product that is looked at.")
    wish: WishText | None = Field(
        None,
        description="What is wished for, in the customer's words, German or English. Prices (in"
        ' figures), formats, names with "only" or "not", and sold-out products that are welcome,'
        ' limit it: "Verdi on vinyl, between 20 and 40 euros, but no operas".',
    )
    language: Language = Field(description="In which titles and reasons are written.")
    most: int = Field(3, ge=1, le=MOST, description="How many suggestions are wanted at most.")


class Shown(BaseModel):
    """A suggestion to be shown; it counts as shown once it is answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "suggestion": "6f2c1f0e-3a44-4c52-9f0e-0b8f4be0a6c1",
                    "sku": "REC-VERDI-OTELLO",
                    "title": "Otello",
                    "price": "29.90",
                    "currency": "EUR",
                    "image": None,
                    "reason": "auch von Giuseppe Verdi",
                    "in_stock": True,
                    "format": "cd",
                    "not_in_format": [],
                }
            ]
        }
    )

    suggestion: UUID = Field(description="Under this id its outcome is told.")
    sku: str
    title: str
    price: Decimal = Field(description="A string, for money is no floating number.")
    currency: str = Field(description="ISO 4217.")
    image: str | None
    reason: str = Field(description="Why, in a few words that are true and may be shown.")
    in_stock: bool = Field(description="False only where the wish welcomes what is sold out.")
    format: str | None = Field(None, description="What it comes as, such as `cd`, where known.")
    not_in_format: list[str] = Field(
        default_factory=list,
        description="The formats that were wished for, where there is nothing of that in them"
        " and this is the nearest in another; say so beside it.",
    )

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """Return an offer as it leaves the house."""
        return cls(
            suggestion=offer.suggestion,
            sku=offer.sku,
            title=offer.title,
            price=offer.price,
            currency=offer.currency,
            image=offer.image,
            reason=offer.reason,
            in_stock=offer.in_stock,
            format=offer.format,
            not_in_format=list(offer.missed),
        )


class Decided(BaseModel):
    """What the customer did with a suggestion."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "accepted"}]}
    )

    outcome: Literal["accepted", "declined"] = Field(
        description="`accepted` where it was opened or bought, `declined` where it was refused."
    )


class Happened(BaseModel):
    """What a customer, or a browser of which no more is known, has done on the shop's pages."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"customer": "C-1001", "kind": "viewed", "sku": "REC-VERDI-AIDA"}]
        },
    )

    customer: Name | None = Field(None, description="The customer's number.")
    visitor: Annotated[str, Field(min_length=8, max_length=1024)] | None = Field(
        None,
        description="Instead of a customer: the token of the browser's chat, or the shop's own"
        " unguessable name for the browser.",
    )
    kind: Literal["viewed"]
    sku: Name = Field(description="The number of the product.")

    @model_validator(mode="after")
    def _is_somebody_s(self) -> Self:
        if (self.customer is None) == (self.visitor is None):
            raise ValueError("either a customer or a visitor is named")
        if self.visitor is not None:
            _storable(self.visitor)
        return self


class Refusal(BaseModel):
    """Why something was not done: a rule to act on, and a sentence to read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"rule": "unknown_product", "text": "The shop has no product of this number."}
            ]
        }
    )

    rule: str
    text: str = Field(description="In the language that `Accept-Language` asks for.")
