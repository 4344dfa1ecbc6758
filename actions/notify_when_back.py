"""Tell me when it is back."""

from actions.asks.ask import OfferedInstead
from actions.asks.product import ProductAsk
from actions.asks.reach import ON_FILE, ReachAsk, contact_on_file
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_spoken_email
from actions.products import product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.customers.contacts import Contact
from crm_store.customers.models import Level
from crm_store.insight.repository import EventRepository
from crm_store.shop.repository import WatchRepository


class ActionNotifyWhenBack(Errand):
    """Note whom to write to, once, when a product is back in stock."""

    action_name = "action_notify_when_back"
    intents = frozenset({"notify_when_back"})
    level = Level.anonymous
    asks = (ProductAsk(), ReachAsk("contact", "utter_watch_email_ask"))
    kept_response = "utter_watch_kept"

    def least(self, given: Json) -> Level:
        """Demand a proof only for writing to a contact on file."""
        return Level.verified if given.get("contact") == ON_FILE else Level.anonymous

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Nobody needs to wait for what is there: offer to order it."""
        if "product" not in given:
            return
        product = await product_of(turn, given)
        if product.stock > 0:
            raise OfferedInstead(
                "utter_watch_in_stock",
                "action_place_order",
                given={"product": product.sku},
                **product_words(product, turn),
            )

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what is sent where, and that the address serves for nothing else."""
        title = (await product_of(turn, given)).title(turn.language)
        if given["contact"] == ON_FILE:
            turn.say("utter_watch_restate_on_file", title=title)
            return
        address = given["contact"]
        spoken = spell_spoken_email(address, turn.language) if turn.on_phone else address
        turn.say("utter_watch_restate", title=title, address=spoken)

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Note it, with the words that will be sent."""
        product = await product_of(turn, given)
        on_file = await contact_on_file(turn) if given["contact"] == ON_FILE else None
        title = product.title(turn.language)
        await WatchRepository(turn.session).watch(
            turn.conversation,
            product,
            on_file or Contact.email(given["contact"]),
            turn.wording("utter_back_in_stock_message", title=title),
        )
        EventRepository(turn.session).record(
            "watch_noted", turn.conversation, {"product": product.sku}, cause=turn.message_id
        )
        turn.say("utter_watch_noted", title=title)
        return spoken_of(product)
