"""I need a present."""

from rasa_sdk.events import SlotSet

from actions.asks.ask import Refused
from actions.asks.gift import BudgetAsk, LikesAsk, price_of
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.limits import Limits
from actions.suggestions import demand_welcome_now, suggest
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.errors import UnwelcomeNow


class ActionFindGift(Errand):
    """Suggest something for somebody else; what they like is never kept as the giver's interest."""

    action_name = "action_find_gift"
    intents = frozenset({"find_gift"})
    level = Level.anonymous
    asks = (
        LikesAsk("likes", "utter_gift_likes_ask"),
        BudgetAsk("budget", "utter_gift_budget_ask"),
    )
    confirms = False
    kept_response = "utter_nothing_asked"

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Ask nothing of somebody to whom nothing would be suggested in the end."""
        try:
            await demand_welcome_now(turn)
        except UnwelcomeNow as unwelcome:
            raise Refused("utter_suggest_not_now") from unwelcome

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Suggest by what the other person likes, up to what it may cost."""
        limits = Limits(price_of(given["budget"]), gift=True)
        likes = given["likes"]
        shown = await suggest(turn, "utter_suggest_gift", text=likes, limits=limits)
        return [SlotSet("last_wish_text", likes), *shown]
