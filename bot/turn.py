"""One turn of Rasa: whole and saved, or failed and as if it had never been."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid5

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.actions.loops import LoopAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import guard, hearing, memory, recalled
from bot.outputs import OUTPUTS
from bot.replies import Reply, replies
from bot.request import Choice, TurnRequest
from bot.uttered import said_by_step
from bot.watched import ActionFailed, Watched
from bot.wishes import Parsed, Part, told_apart

LONGEST_SESSION = 10
"""Turns after which Rasa begins anew: it replays the whole session several times a turn."""

LONGEST_TURN = 8.0
"""Seconds after which nobody waits for the answer any more."""

MOST_WISHES = 3
MOST_STEPS = 4
"""How many wishes wait at most, and how often a turn goes on by itself."""

RESUME = "action_resume_errand"
NEVER_CHOSEN = {"restart", "back", "session_start", "nlu_fallback", hearing.ANSWER}
UNTOLD = {"code", "session_started_metadata", recalled.SLOT}
"""Slots that concern nobody outside; `requested_slot` and `awaits` tell the phone of digits."""


class UnknownIntent(ValueError):  # noqa: N818 - it names what came in, not a failure of ours
    """The choice stands for nothing that the assistant knows."""


Tell = Callable[[Reply], Awaitable[None]]
"""Takes a reply that comes before the rest of its turn."""


async def take(request: TurnRequest, agent: Agent, tell: Tell) -> dict[str, Any]:
    """Answer a message, from the tracker if it has been answered before.

    What has been said is told before a step that may take its time; the answer has all of it.
    """
    async with agent.lock_store.lock(request.conversation, wait_time_in_seconds=0.05):
        return await asyncio.wait_for(_Turn(request, agent.processor, tell).take(), LONGEST_TURN)


class _Turn:
    def __init__(self, request: TurnRequest, processor: MessageProcessor, tell: Tell) -> None:
        self._request = request
        self._processor = processor
        self._tell = tell
        self._told = 0
        self._output = OUTPUTS[request.channel]()

    async def take(self) -> dict[str, Any]:
        tracker = await self._processor.get_tracker(self._request.conversation)
        repeated = any(self._is_mine(event) for event in tracker.events)
        if not repeated:
            self._renew(tracker)
            await self._understand(tracker)
            await self._act(tracker)
            await self._go_on(tracker)
            await self._processor.save_tracker(tracker)
        return self._answer(tracker, repeated=repeated)

    def _renew(self, tracker: DialogueStateTracker) -> None:
        """Begin a session where there is none, or where it has grown too long to replay."""
        turns = sum(_is_message(event) for event in tracker.events)
        if tracker.applied_events() and turns < LONGEST_SESSION:
            return
        for event in recalled.new_session(tracker):
            tracker.update(event, self._processor.domain)

    async def _understand(self, tracker: DialogueStateTracker) -> None:
        if tracker.get_slot("language") != self._request.language:
            self._set(tracker, "language", self._request.language)
        message = self._message()
        if message.parse_data is None:
            first, *others = await self._wishes(str(message.text), tracker)
            message.text, message.parse_data = first.text, dict(first.parsed)
            self._keep_for_later(others, tracker)
        await self._hear(message, tracker)

    def _keep_for_later(self, wishes: Sequence[Part], tracker: DialogueStateTracker) -> None:
        if wishes:
            waiting = [*(wish.kept for wish in wishes), *(tracker.get_slot("wishes") or [])]
            self._set(tracker, "wishes", waiting[:MOST_WISHES])

    async def _wishes(self, text: str, tracker: DialogueStateTracker) -> list[Part]:
        async def parse(words: str) -> Parsed:
            return dict(await self._processor.parse_message(self._heard(words), tracker))

        whole = await parse(text)
        # Whatever is asked for in free words, such as an address, is not taken apart.
        if (tracker.get_slot("awaits") or {}).get("free") and tracker.get_slot("question"):
            return [Part(text, whole)]
        return await told_apart(text, whole, parse)

    async def _hear(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        slots = tracker.current_slot_values()
        parsed = dict(message.parse_data or {})
        if self._request.unheard and message.message_id == self._request.message_id:
            parsed = hearing.as_unheard(parsed, slots)
        message.parse_data = hearing.as_answer(parsed, slots)
        await self._processor._handle_message_with_tracker(message, tracker)
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

    async def _go_on(self, tracker: DialogueStateTracker) -> None:
        """Come back to what was interrupted, or to what else was wished for, unprompted."""
        for step in range(MOST_STEPS):
            if tracker.get_slot("question") or tracker.active_loop_name:
                return
            if tracker.get_slot("errands"):
                await self._run_named(RESUME, tracker)
                await self._run_named(ACTION_LISTEN_NAME, tracker)
            elif tracker.get_slot("wishes"):
                await self._take_up(tracker, step)
            else:
                return

    async def _take_up(self, tracker: DialogueStateTracker, step: int) -> None:
        wish, *others = tracker.get_slot("wishes")
        self._set(tracker, "wishes", others or None)
        await self._run_named("utter_next_wish", tracker)
        await self._run_named(ACTION_LISTEN_NAME, tracker)
        message = self._heard(wish["text"])
        message.message_id = str(uuid5(UUID(self._request.message_id), str(step)))
        message.metadata = {**self._request.metadata, "message_id": message.message_id}
        message.parse_data = {**wish, "intent_ranking": []}
        await self._hear(message, tracker)
        await self._act(tracker)

    def _is_settled(self, tracker: DialogueStateTracker, question: str) -> bool:
        """Tell whether our question was answered, and not put again."""
        intent = tracker.latest_message.intent.get("name") or ""
        since = _since_heard(tracker)
        put_again = any(isinstance(event, SlotSet) and event.key == "question" for event in since)
        return memory.answers(intent, question) and not put_again

    async def _run_named(self, action: str, tracker: DialogueStateTracker) -> None:
        prediction = PolicyPrediction.for_action_name(self._processor.domain, action)
        await self._run(self._processor._get_action(action), tracker, prediction)

    async def _run(
        self, action: Action, tracker: DialogueStateTracker, prediction: PolicyPrediction
    ) -> bool:
        if isinstance(action, (RemoteAction, LoopAction)):
            await self._tell_new(tracker)
        watched = Watched(action)
        goes_on = await self._processor._run_action(
            watched, tracker, self._output, self._processor.nlg, prediction
        )
        if watched.failure is not None:
            raise ActionFailed from watched.failure
        return bool(goes_on)

    def _message(self) -> UserMessage:
        message = self._heard(guard.said(self._request.text))
        choice = self._request.choice or (None if message.text else Choice("silence"))
        message.parse_data = self._parsed(choice, message.text) if choice else None
        return message

    def _heard(self, text: str) -> UserMessage:
        return UserMessage(
            text=text,
            sender_id=self._request.conversation,
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
        slots = tracker.current_slot_values()
        return {
            "replies": replies(said_by_step(since)),
            "understanding": {
                "intent": hearing.meant(asked.intent),
                "confidence": asked.intent.get("confidence"),
                "entities": [_named(entity) for entity in asked.entities if _may_be_kept(entity)],
                "actions": [event.action_name for event in since if recalled.is_step(event)],
            },
            "slots": {k: v for k, v in slots.items() if v is not None and k not in UNTOLD},
            "repeated": repeated,
        }

    async def _tell_new(self, tracker: DialogueStateTracker) -> None:
        """Tell what has been said so far and was not told yet."""
        for reply in replies(said_by_step(self._since_asked(tracker)))[self._told :]:
            await self._tell(reply)
            self._told += 1

    def _since_asked(self, tracker: DialogueStateTracker) -> list[Event]:
        """Return the customer's message and all that it led to."""
        events = list(tracker.events)
        start = next(place for place, event in enumerate(events) if self._is_mine(event))
        later = (
            place
            for place in range(start + 1, len(events))
            if _is_message(events[place]) and not self._is_mine(events[place])
        )
        return events[start : next(later, len(events))]

    def _is_mine(self, event: Event) -> bool:
        """Tell whether it is this turn's message, or a wish that the turn has taken up."""
        return _is_message(event) and event.metadata.get("turn") == self._request.message_id

    def _set(self, tracker: DialogueStateTracker, slot: str, value: object) -> None:
        tracker.update(SlotSet(slot, value), self._processor.domain)


def _since_heard(tracker: DialogueStateTracker) -> list[Event]:
    """Return what has happened since the last message, or the last wish that was taken up."""
    newest_first = takewhile(lambda event: not _is_message(event), reversed(tracker.events))
    return list(newest_first)


def _named(entity: dict[str, Any]) -> dict[str, Any]:
    return {"entity": entity["entity"], "value": entity["value"]}


def _may_be_kept(entity: dict[str, Any]) -> bool:
    return entity["entity"] not in UNTOLD


def _is_message(event: Event) -> bool:
    return isinstance(event, UserUttered)
