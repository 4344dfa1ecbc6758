"""The first words of every conversation."""

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import fact
from crm_store.conversations.replies import GREETED
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.models import Level
from crm_store.strategy.repository import PolicyRepository


class ActionOpenConversation(StoreAction):
    """Say that an AI is speaking, which no setting changes, and then what the shop likes to say."""

    action_name = "action_open_conversation"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Greet; by name only whoever has proved who they are.

        Callers were greeted by the line when it rang; the words are known to the bot from here on.
        """
        greeted = fact(turn.tracker, GREETED)
        if greeted is not None:
            turn.say("utter_open_conversation", words=greeted)
            return []
        policies = await PolicyRepository(turn.session).current()
        said = {"shop": policies.shop.name, "greeting": policies.greeting.said(turn.language)}
        if turn.conversation.current_level(turn.at) >= Level.verified:
            customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
            turn.say("utter_open_conversation_named", name=customer.name, **said)
        else:
            turn.say("utter_open_conversation", **said)
        return []
