"""Once a matter is settled: something that the customer may like, unasked, and only if welcome."""

from actions.base import ActionTurn, Event
from actions.limits import Limits
from actions.suggestions import offers_for, put_on_table
from crm_store.errors import UnwelcomeNow
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.from_interests import wish_from_interests


async def offer_unasked(turn: ActionTurn) -> list[Event]:
    """Offer what goes with the record of a proved customer; nothing where that is bad manners.

    After which matters, and how often, the shop's policies say.
    """
    policies = await PolicyRepository(turn.session).current()
    if turn.slot("settled") not in policies.suggestions.unasked_after:
        return []
    wish = await wish_from_interests(
        turn.session, turn.conversation, at=turn.at, message=turn.message_id, asked=False
    )
    if wish is None:
        return []
    limits = Limits(by_record=True)
    try:
        offers = await offers_for(turn, wish, limits)
    except UnwelcomeNow:
        return []
    return put_on_table(turn, "utter_suggest_unasked", offers, limits) if offers else []
