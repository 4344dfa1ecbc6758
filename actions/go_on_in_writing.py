"""I would rather write; can you send me a link?"""

from typing import ClassVar

from actions.asks.ask import Refused
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.errors import NoPassage, TooManyPassages
from crm_store.passages.to_chat import ChatLinks
from crm_store.strategy.repository import PolicyRepository


class ActionGoOnInWriting(Errand):
    """Send a caller, if they want it, a link under which the conversation goes on in the chat."""

    action_name = "action_go_on_in_writing"
    intents = frozenset({"go_on_in_writing"})
    level = Level.anonymous
    kept_response = "utter_chat_link_kept"
    refusals: ClassVar = {
        NoPassage: "utter_chat_link_impossible",
        TooManyPassages: "utter_chat_link_impossible",
    }

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """A link helps callers only, and only those who can be sent a text."""
        if not turn.on_phone:
            raise Refused("utter_in_writing_already")
        if await self._links(turn).number_for(turn.conversation, at=turn.at) is None:
            raise Refused("utter_chat_link_impossible")

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Ask whether a text is wanted, by the end of the number that it would go to."""
        number = await self._links(turn).number_for(turn.conversation, at=turn.at) or ""
        turn.say("utter_chat_link_restate", ending=" ".join(number[-2:]))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Send it; who opens it goes on there, and may go on talking too."""
        shop = (await PolicyRepository(turn.session).current()).shop
        words = turn.wording("utter_chat_link_message", shop=shop.name)
        page = turn.parts.chat_page
        await self._links(turn).send(turn.conversation, words=words, page=page, at=turn.at)
        turn.say("utter_chat_link_done")
        return []

    def _links(self, turn: ActionTurn) -> ChatLinks:
        return ChatLinks(turn.session, turn.parts.passage_key)
