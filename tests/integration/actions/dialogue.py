"""Several turns in a row with the actions alone: slots go from turn to turn, as in the bot."""

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID, uuid4

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answer import ActionAnswer
from actions.base import StoreAction
from actions.errand import Errand
from actions.resume_errand import ActionResumeErrand
from actions.take_offer import ActionTakeOffer
from actions.wiring import Parts
from crm_store.conversations.models import Conversation
from tests.builders import a_tracker, the_domain
from tests.integration.actions.conftest import Heard


@dataclass
class Dialogue:
    """A customer's side of a conversation; what the bot's rules would run is run here."""

    parts: Parts
    conversation: Conversation
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """The names of all responses so far."""

    async def says(
        self,
        text: str,
        intent: str,
        entities: dict[str, str] | None = None,
        *,
        message: UUID | None = None,
        kind: str = "said",
        action: type[StoreAction] | None = None,
        **named: str,
    ) -> Heard:
        """Say something that the bot understands as an intent with entities."""
        entities = {**(entities or {}), **named}
        if "order_number" in entities:
            self.slots["order_number"] = entities["order_number"]
        runs = action or self._ruled(intent)
        return await self.run(
            runs, text, intent=intent, entities=entities, message=message, kind=kind
        )

    async def run(
        self,
        action: type[StoreAction],
        text: str = "",
        *,
        intent: str | None = None,
        entities: dict[str, str] | None = None,
        message: UUID | None = None,
        kind: str = "said",
    ) -> Heard:
        """Run one action, and what it is followed by unless that is the verification."""
        tracker = a_tracker(
            self.conversation,
            text,
            intent=intent,
            entities=entities,
            message=message or uuid4(),
            kind=kind,
            **self.slots,
        )
        words = CollectingDispatcher()
        events = await action(self.parts).run(words, tracker, cast(DomainDict, the_domain()))
        heard = Heard(words.messages, events)
        self.slots.update(heard.slots)
        self.said += heard.names
        return heard

    async def accepts(self, text: str = "yes") -> Heard:
        """Say yes to the errand on offer, and hear how that begins."""
        taken = await self.run(ActionTakeOffer, text, intent="affirm")
        errand = Errand.known_errands[str(taken.followup)]
        return await self.run(errand, text, intent="affirm")

    async def comes_back(self) -> Heard:
        """Let the bot take up again what was interrupted."""
        return await self.run(ActionResumeErrand)

    def _ruled(self, intent: str) -> type[StoreAction]:
        awaited = (self.slots.get("awaits") or {}).get("intents", ())
        if self.slots.get("question") == "errand" and intent in awaited:
            return ActionAnswer
        return next(errand for errand in Errand.known_errands.values() if intent in errand.intents)
