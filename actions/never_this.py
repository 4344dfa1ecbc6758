"""Never show me that again."""

from collections.abc import Sequence
from uuid import UUID

from rasa_sdk.events import SlotSet

from actions.asks.ask import Refused
from actions.asks.unwanted import BY_CREATOR, UnwantedAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_list
from actions.products import told_apart
from actions.suggestions import on_table
from actions.tracker import emptied
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.customers.models import Level
from crm_store.insight.repository import EventRepository
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.models import Outcome
from crm_store.suggestions.service import decide


class ActionNeverThis(Errand):
    """Remember what is never to be suggested again: a product, or all of its creator's."""

    action_name = "action_never_this"
    intents = frozenset({"never_this"})
    level = Level.anonymous
    asks = (UnwantedAsk("unwanted", "utter_never_which"),)
    confirms = False
    kept_response = "utter_never_kept"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Write it down, and take it off the table."""
        found = await CatalogueRepository(turn.session).by_sku(given["unwanted"])
        products = [found[sku] for sku in given["unwanted"] if sku in found]
        if not products:
            raise Refused("utter_product_not_found")
        creators = _creators(products, given)
        _write_down(turn, products, creators)
        left = await _take_off(turn, products, creators)
        _confirm(turn, products, creators)
        return [SlotSet("suggested", left or None), *emptied("question", "product")]


def _creators(products: Sequence[Product], given: Json) -> list[str]:
    made = [product.creator for product in products if product.creator]
    return list(dict.fromkeys(made)) if given.get(BY_CREATOR) else []


def _write_down(turn: ActionTurn, products: Sequence[Product], creators: Sequence[str]) -> None:
    interests = InterestRepository(turn.session)
    said = turn.message_id
    for creator in creators:
        interests.never_by(turn.conversation, creator, at=turn.at, message_id=said)
    for product in products:
        if product.creator not in creators:
            title = product.title(turn.language)
            interests.never(turn.conversation, product.id, title, at=turn.at, message_id=said)
    EventRepository(turn.session).record(
        "suggestion_never", turn.conversation, cause=turn.message_id
    )


async def _take_off(
    turn: ActionTurn, products: Sequence[Product], creators: Sequence[str]
) -> list[Json]:
    """Decline what is unwanted of what is on the table; return the rest of it."""
    table = on_table(turn)
    shown = await CatalogueRepository(turn.session).by_sku(offer["sku"] for offer in table)
    unwanted = {product.sku for product in products}
    unwanted |= {sku for sku, product in shown.items() if product.creator in creators}
    which = [UUID(offer["suggestion"]) for offer in table if offer["sku"] in unwanted]
    if which:
        await decide(turn.session, turn.conversation.id, Outcome.declined, which, at=turn.at)
    return [offer for offer in table if offer["sku"] not in unwanted]


def _confirm(turn: ActionTurn, products: Sequence[Product], creators: Sequence[str]) -> None:
    if creators:
        turn.say("utter_never_creator", creators=spell_list(creators, turn.language))
    else:
        titles = told_apart(products, turn)
        turn.say("utter_never_product", titles=spell_list(titles, turn.language))
