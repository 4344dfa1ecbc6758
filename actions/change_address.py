"""I have moved."""

from actions.asks.address import address_asks, demand_served, place_given
from actions.base import ActionTurn, Event
from actions.change_contact import demand_contact_level
from actions.errand import Errand
from actions.postal.spelling import spell_address
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.orders.repository import OrderRepository


class ActionChangeAddress(Errand):
    """Change the address of the account; an order under way keeps the one it has."""

    action_name = "action_change_address"
    intents = frozenset({"change_address"})
    asks = address_asks(response="utter_change_address_ask")

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """A shop may want its own login for it, and delivers to some countries only."""
        await demand_contact_level(turn)
        await demand_served(turn, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Read the address back."""
        turn.say("utter_change_address_restate", **_words(turn, given))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Change it, tell the customer's contacts, and say what it does not change."""
        await AccountRepository(turn.session).move(
            turn.conversation,
            place_given(given),
            notice=turn.wording("utter_account_changed_message"),
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say("utter_change_address_done", **_words(turn, given))
        if await OrderRepository(turn.session).open_of(turn.conversation, at=turn.at):
            turn.say("utter_change_address_open_orders")
        return []


def _words(turn: ActionTurn, given: Json) -> dict[str, str]:
    return {"address": spell_address(place_given(given), turn.language, spoken=turn.on_phone)}
