"""I would like to recommend you to a friend."""

from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_price
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.models import ContactKind, Level
from crm_store.insight.repository import EventRepository
from crm_store.outbox.repository import OutboxRepository
from crm_store.referrals.repository import ReferralRepository
from crm_store.strategy.repository import PolicyRepository

TOLD = "referral_code_told"


class ActionRecommendFriend(Errand):
    """Tell a customer their own code for friends, and what it is worth to both."""

    action_name = "action_recommend_friend"
    intents = frozenset({"recommend_friend"})
    confirms = False

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell anybody how it works before asking who they are."""
        if turn.conversation.current_level(turn.at) < Level.verified:
            turn.say("utter_referral_terms", **await _worth(turn))
        return await super().act(turn)

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say the code, and send it to be passed on."""
        referrals, events = ReferralRepository(turn.session), EventRepository(turn.session)
        code = (await referrals.code_of(turn.conversation, at=turn.at)).code
        friends = await referrals.friends_of(turn.conversation, at=turn.at)
        said = {"referral_code": code, **await _worth(turn)}
        told_before = await events.count(TOLD, turn.conversation) > 0
        sent = not told_before and await _send(turn, said)
        events.record(TOLD, turn.conversation, cause=turn.message_id)
        turn.say("utter_referral_code_sent" if sent else "utter_referral_code", **said)
        if friends:
            turn.say("utter_referral_friends", friends=str(friends))
        return []


async def _worth(turn: ActionTurn) -> dict[str, str]:
    policies = await PolicyRepository(turn.session).current()
    currency = policies.shop.currency
    return {
        "reward": spell_price(policies.referral.reward, currency, turn.language),
        "friend_reward": spell_price(policies.referral.friend_reward, currency, turn.language),
        "shop": policies.shop.name,
    }


async def _send(turn: ActionTurn, said: dict[str, str]) -> bool:
    """Send the code to the customer's e-mail address; return whether they have one."""
    customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
    for contact in customer.contacts:
        if contact.kind is ContactKind.email:
            text = turn.wording("utter_referral_message", **said)
            OutboxRepository(turn.session).add(contact, turn.language, text, at=turn.at)
            return True
    return False
