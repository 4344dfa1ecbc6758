"""What the actions on products share: the words for a product, and which one is spoken of."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet

from actions.asks.ask import Refused
from actions.base import ActionTurn, Event
from actions.formats import spell_price
from actions.suggestions import on_table
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.catalogue.vocabulary import kind_called
from crm_store.interests.learning import observe_asked

LAST = "-1"


def product_words(product: Product, turn: ActionTurn) -> dict[str, str]:
    """Return what responses may say of a product."""
    return {
        "title": product.title(turn.language),
        "price": spell_price(product.price, product.currency, turn.language),
        "creator": product.creator or "",
        "kind": kind_called(product.kind, turn.language),
        "stock": str(product.stock),
    }


async def product_of(turn: ActionTurn, given: Json, name: str = "product") -> Product:
    """Return the product that an errand is about; refuse where the shop has it no longer."""
    product = await CatalogueRepository(turn.session).find(given[name])
    if product is None:
        raise Refused("utter_product_not_found")
    return product


def told_apart(products: Sequence[Product], turn: ActionTurn) -> list[str]:
    """Return the titles, each with its kind where two are called the same."""
    titles = Counter(product.title(turn.language) for product in products)
    return [
        turn.wording("utter_title_of_kind", **product_words(product, turn))
        if titles[product.title(turn.language)] > 1
        else product.title(turn.language)
        for product in products
    ]


def product_choice(product: Product, turn: ActionTurn, *, called: str) -> dict[str, str]:
    """Return a product as an answer on offer."""
    return turn.choice(
        "utter_choice_product",
        "inform",
        entities={"sku": product.sku},
        product=called,
        price=spell_price(product.price, product.currency, turn.language),
    )


def spoken_of(product: Product) -> list[Event]:
    """Return the event that makes a product the one that "it" means from now on."""
    return [SlotSet("product", product.sku)]


async def asked_about(turn: ActionTurn, *products: Product) -> None:
    """Remember that the customer was interested in products, if they have proved who they are."""
    for product in products:
        await observe_asked(
            turn.session, turn.conversation, product.id, at=turn.at, message=turn.message_id
        )


async def pointed_at(turn: ActionTurn, offered: Sequence[str]) -> str | None:
    """Return the product that is chosen, or pointed at by its place among those on offer."""
    chosen = turn.entity("sku")
    if chosen is not None:
        found = await CatalogueRepository(turn.session).find(str(chosen))
        return None if found is None else found.sku
    return at_place(turn.entity("position"), offered)


def at_place(place: Any, skus: Sequence[str]) -> str | None:
    """Return what lies at a place, counted from 1, or at the last one."""
    index = -1 if place == LAST else int(place) - 1 if str(place or "").isdigit() else None
    if index is None or not skus:
        return None
    return skus[index] if index < len(skus) else None


def skus_on_table(turn: ActionTurn) -> list[str]:
    """Return what was suggested last, in the order it was shown."""
    return [str(offer["sku"]) for offer in on_table(turn)]
