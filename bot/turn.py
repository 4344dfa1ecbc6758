"""One turn of Rasa: whole and saved, or failed and as if it had never been."""

import asyncio
from typing import Any

from rasa.core.actions.action import Action
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import guard, memory
from bot.outputs import OUTPUTS
from bot.replies import replies
from bot.request import Choice, TurnRequest
from bot.watched import Watched

LONGEST_SESSION = 10
"""Turns after which Rasa begins anew: it replays the whole session several times a turn."""

LONGEST_TURN = 8.0
"""Seconds after which nobody waits for the answer any more."""

NEVER_CHOSEN = {"restart", "back", "session_start", "nlu_fallback"}
UNTOLD = {"code", "session_started_metadata"}
"""Slots that concern nobody outside; `requested_slot` tells the phone that digits are awaited."""


class UnknownIntent(ValueError):  # noqa: N818 - it names what came in, not a failure of ours
    """The choice stands for nothing that the assistant knows."""


async def take(request: TurnRequest, agent: Agent) -> dict[str, Any]:
    """Answer a message, from the tracker if it has been answered before."""
    async with agent.lock_store.lock(request.conversation, wait_time_in_seconds=0.05):
        return await asyncio.wait_for(_Turn(request, agent.processor).take(), LONGEST_TURN)


class _Turn:
    def __init__(self, request: TurnRequest, processor: MessageProcessor) -> None:
        self._request = request
        self._processor = processor
        self._output = OUTPUTS[request.channel]()

    async def take(self) -> dict[str, Any]:
        tracker = await self._processor.get_tracker(self._request.conversation)
        repeated = any(self._is_mine(event) for event in tracker.events)
        if not repeated:
            await self._renew(tracker)
            await self._understand(tracker)
            await self._act(tracker)
            await self._processor.save_tracker(tracker)
        return self._answer(tracker, repeated=repeated)

    async def _renew(self, tracker: DialogueStateTracker) -> None:
        """Begin a session where there is none, or where it has grown too long to replay."""
        turns = sum(_is_message(event) for event in tracker.events)
        if not tracker.applied_events() or (
            turns >= LONGEST_SESSION and tracker.active_loop_name is None
        ):
            start = self._processor._get_action(ACTION_SESSION_START_NAME)
            await self._run(start, tracker, self._prediction(ACTION_SESSION_START_NAME))

    async def _understand(self, tracker: DialogueStateTracker) -> None:
        if tracker.get_slot("language") != self._request.language:
            self._set(tracker, "language", self._request.language)
        await self._processor._handle_message_with_tracker(self._message(), tracker)
        intent = tracker.latest_message.intent.get("name") or ""
        for slot in memory.outdated(intent, tracker.current_slot_values()):
            self._set(tracker, slot, None)
        await self._processor.run_action_extract_slots(self._output, tracker)

    async def _act(self, tracker: DialogueStateTracker) -> None:
        asked = tracker.get_slot("question")
        goes_on = True
        while goes_on:
            action, prediction = self._processor.predict_next_with_tracker_if_should(tracker)
            goes_on = await self._run(action, tracker, prediction)
        if asked and self._is_settled(tracker, asked):
            self._set(tracker, "question", None)

    def _is_settled(self, tracker: DialogueStateTracker, question: str) -> bool:
        """Tell whether our question was answered, and not put again."""
        intent = tracker.latest_message.intent.get("name") or ""
        since = self._since_asked(tracker)
        put_again = any(isinstance(event, SlotSet) and event.key == "question" for event in since)
        return memory.answers(intent, question) and not put_again

    async def _run(
        self, action: Action, tracker: DialogueStateTracker, prediction: PolicyPrediction
    ) -> bool:
        watched = Watched(action)
        goes_on = await self._processor._run_action(
            watched, tracker, self._output, self._processor.nlg, prediction
        )
        if watched.failure is not None:
            raise watched.failure
        return bool(goes_on)

    def _message(self) -> UserMessage:
        text = guard.said(self._request.text)
        choice = self._request.choice or (None if text else Choice("silence"))
        return UserMessage(
            text=text,
            sender_id=self._request.conversation,
            parse_data=self._parsed(choice, text) if choice else None,
            input_channel=self._request.channel,
            message_id=self._request.message_id,
            metadata=self._request.metadata,
        )

    def _parsed(self, choice: Choice, text: str) -> dict[str, Any]:
        if choice.intent in NEVER_CHOSEN or choice.intent not in self._processor.domain.intents:
            raise UnknownIntent(choice.intent)
        return {
            "text": text,
            "intent": {"name": choice.intent, "confidence": 1.0},
            "intent_ranking": [],
            "entities": [
                {"entity": name, "value": value} for name, value in choice.entities.items()
            ],
        }

    def _answer(self, tracker: DialogueStateTracker, *, repeated: bool) -> dict[str, Any]:
        asked, *since = self._since_asked(tracker)
        uttered = (event for event in since if isinstance(event, BotUttered))
        slots = tracker.current_slot_values()
        return {
            "replies": replies({"text": event.text, **event.data} for event in uttered),
            "understanding": {
                "intent": asked.intent.get("name"),
                "confidence": asked.intent.get("confidence"),
            },
            "slots": {k: v for k, v in slots.items() if v is not None and k not in UNTOLD},
            "repeated": repeated,
        }

    def _since_asked(self, tracker: DialogueStateTracker) -> list[Event]:
        """Return the customer's message and all that it led to."""
        events = list(tracker.events)
        start = next(place for place, event in enumerate(events) if self._is_mine(event))
        later = (place for place in range(start + 1, len(events)) if _is_message(events[place]))
        return events[start : next(later, len(events))]

    def _is_mine(self, event: Event) -> bool:
        return _is_message(event) and event.message_id == self._request.message_id

    def _set(self, tracker: DialogueStateTracker, slot: str, value: object) -> None:
        tracker.update(SlotSet(slot, value), self._processor.domain)

    def _prediction(self, action: str) -> PolicyPrediction:
        return PolicyPrediction.for_action_name(self._processor.domain, action)


def _is_message(event: Event) -> bool:
    return isinstance(event, UserUttered)
