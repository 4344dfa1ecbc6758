"""What the widget sends from a product's page, and what it is answered."""

from typing import Literal

from pydantic import BaseModel, Field

from channels.api.bodies import Name, Shown
from channels.web_chat.customer_token import LONGEST_TOKEN
from crm_store.base import Language


class Visit(BaseModel):
    """Who is there, by the tokens that the chat knows them by."""

    token: str | None = Field(None, max_length=LONGEST_TOKEN)
    customer_token: str | None = Field(None, max_length=LONGEST_TOKEN)
    """The shop's word for who is logged in there; a page may show it until it expires."""


class Viewed(Visit):
    """That a product is looked at."""

    sku: Name
    language: Language


class Strip(BaseModel):
    """What goes with the product, and the token that names the browser from now on."""

    token: str
    suggestions: list[Shown]


class Chosen(BaseModel):
    """What the visitor did with a suggestion."""

    token: str = Field(max_length=LONGEST_TOKEN)
    outcome: Literal["accepted", "declined"]
