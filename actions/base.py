"""The shape of every custom action: one turn, one transaction, once."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import wiring
from actions.tracker import chosen, fact, message_id, metadata, runs_so_far, turn_id
from actions.wiring import Parts
from actions.wording import wording
from crm_store.base import Json, Language
from crm_store.conversations.models import Channel, Conversation
from crm_store.conversations.repository import (
    ConversationRepository,
    EffectRepository,
)
from crm_store.customers.pins import SEALED, Pins
from crm_store.errors import LevelTooLow, OrderNotFound

Event = dict[str, Any]

VERIFICATION_FORM = "verification_form"


@dataclass(frozen=True, slots=True)
class ActionTurn:
    """What an action may know of the turn, and how it may answer."""

    tracker: Tracker
    domain: Mapping[str, Any]
    parts: Parts
    session: AsyncSession
    conversation: Conversation
    at: datetime
    words: CollectingDispatcher

    @property
    def message_id(self) -> UUID:
        """The message that is being answered."""
        return turn_id(self.tracker)

    @property
    def language(self) -> Language:
        """The language that the customer speaks now."""
        return self.conversation.language

    @property
    def on_phone(self) -> bool:
        """Whether the answer will be spoken."""
        return self.conversation.medium is Channel.phone

    @property
    def text(self) -> str:
        """What the customer just said, or the title of what they chose."""
        return self.tracker.latest_message.get("text") or ""

    @property
    def chosen(self) -> bool:
        """Whether the customer took a choice rather than speaking for themselves."""
        return chosen(self.tracker)

    @property
    def intent(self) -> str | None:
        """What the bot took it to mean, by itself, whatever it answers."""
        intent: Json = self.tracker.latest_message.get("intent") or {}
        return intent.get("meant") or intent.get("name")

    @property
    def latest(self) -> Json:
        """The message as it was understood, for `as_said`."""
        latest = self.tracker.latest_message
        named = [{"entity": e["entity"], "value": e["value"]} for e in latest.get("entities") or ()]
        return {"text": self.text, "intent": latest.get("intent"), "entities": named}

    def as_said(self, message: Json) -> "ActionTurn":
        """Return this turn as if that earlier message were the one to be heard."""
        tracker = copy(self.tracker)
        # Whatever this turn's message is, a sealed answer perhaps, that one was said.
        tracker.latest_message = {**message, "metadata": {**metadata(self.tracker), "kind": "said"}}
        return replace(self, tracker=tracker)

    @property
    def secret(self) -> str | None:
        """Digits that were taken out of the words, as they may be a PIN."""
        sealed = fact(self.tracker, SEALED)
        return None if sealed is None else self.parts.seal.open(sealed)

    @property
    def pins(self) -> Pins:
        """What keeps customers' PINs."""
        return Pins(self.session, self.parts.hashes, self.parts.code_key)

    def slot(self, name: str) -> Any:
        """Return a slot's value."""
        return self.tracker.slots.get(name)

    def entity(self, name: str) -> Any:
        """Return what the customer's last message names, if it does."""
        return next(self.tracker.get_latest_entity_values(name), None)

    def entities(self, name: str) -> list[str]:
        """Return all that the customer's last message names of a kind, in its order."""
        return [str(value) for value in self.tracker.get_latest_entity_values(name)]

    def say(self, response: str, **values: Any) -> None:
        """Utter a response of the domain; an action holds no wording of its own."""
        self.words.utter_message(response=response, **values)

    def choice(
        self,
        title: str,
        intent: str,
        *,
        entities: Mapping[str, str] | None = None,
        **values: str,
    ) -> dict[str, str]:
        """Return an answer on offer, its title being a response of the domain."""
        payload = f"/{intent}{json.dumps(entities) if entities else ''}"
        return {"title": self.wording(title, **values), "payload": payload}

    def wording(self, response: str, **values: str) -> str:
        """Return a response's text in the customer's language."""
        return wording(
            self.domain,
            response,
            self.language,
            channel=self.conversation.medium,
            **values,
        )


class StoreAction(Action, ABC):
    """An action that reads or writes the store.

    What it does for a message it does once: a second run for the same message, after a crash
    or beside the first, changes nothing and answers as the first did.
    """

    action_name: ClassVar[str]
    counted_as: ClassVar[str | None] = None
    """The action that the bot's tracker counts it as, where that is another one."""

    def __init__(self, parts: Parts | None = None) -> None:
        self._parts = parts

    def name(self) -> str:
        """Return the name that the domain knows the action by."""
        return self.action_name

    @abstractmethod
    async def act(self, turn: ActionTurn) -> list[Event]:
        """Do the work and return the events that follow from it."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[Event]:
        """Act in a transaction of its own; a refusal of the store rolls it back."""
        parts = self._parts or wiring.parts()
        try:
            done = await self._once(parts, tracker, domain)
        except (LevelTooLow, OrderNotFound) as refusal:
            done = _result(*self._refused(refusal))
        dispatcher.messages.extend(done["responses"])
        return list(done["events"])

    async def _once(self, parts: Parts, tracker: Tracker, domain: DomainDict) -> Json:
        nth = runs_so_far(tracker, self.counted_as or self.action_name)
        key = message_id(tracker), self.action_name, nth
        try:
            async with parts.sessions.begin() as session:
                before = await EffectRepository(session).result(*key)
                if before is not None:
                    return dict(before)
                done = await self._first(parts, session, tracker, domain)
                EffectRepository(session).remember(
                    *key, done, conversation_id=UUID(tracker.sender_id)
                )
                return done
        except IntegrityError:
            # The same run beside this one was faster; its answer is the answer.
            async with parts.sessions.begin() as session:
                before = await EffectRepository(session).result(*key)
            if before is None:
                raise
            return dict(before)

    async def _first(
        self,
        parts: Parts,
        session: AsyncSession,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Json:
        conversation = await ConversationRepository(session).get(UUID(tracker.sender_id))
        words = CollectingDispatcher()
        turn = ActionTurn(
            tracker=tracker,
            domain=domain,
            parts=parts,
            session=session,
            conversation=conversation,
            at=parts.now(),
            words=words,
        )
        return _result(words, await self.act(turn))

    def _refused(
        self, refusal: LevelTooLow | OrderNotFound
    ) -> tuple[CollectingDispatcher, list[Event]]:
        """The one place where the store's refusals become answers."""
        words = CollectingDispatcher()
        match refusal:
            case LevelTooLow():
                words.utter_message(response="utter_verification_needed")
                return words, [
                    SlotSet("wish", self.action_name),
                    FollowupAction(VERIFICATION_FORM),
                ]
            case OrderNotFound():
                words.utter_message(response="utter_order_not_found", order_number=str(refusal))
                return words, [SlotSet("order_number", None)]


def _result(words: CollectingDispatcher, events: list[Event]) -> Json:
    return {"responses": words.messages, "events": events}
