"""How long may I return something, and what does it cost?"""

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_price
from actions.returns import REFUND_TO
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository


class ActionAskReturnPolicy(StoreAction):
    """Tell the shop's rules for returns."""

    action_name = "action_ask_return_policy"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say how long, at what cost, and when and where the money comes."""
        policies = await PolicyRepository(turn.session).current()
        rules = policies.returns
        turn.say(
            "utter_return_policy",
            days=str(rules.period_days),
            exchange_days=str(rules.exchange_period_days),
            label=_label(turn, policies),
            refund_days=str(rules.refund_days),
            refund_to=turn.wording(REFUND_TO[policies.payment.refund_to]),
        )
        return []


def _label(turn: ActionTurn, policies: Policies) -> str:
    rules = policies.returns
    if rules.label_free:
        return turn.wording("utter_return_label_free")
    cost = spell_price(rules.label_cost, policies.shop.currency, turn.language)
    return turn.wording("utter_return_label_costs", cost=cost)
