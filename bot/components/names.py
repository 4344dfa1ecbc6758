"""Order numbers, dates, addresses and the like, found by rule in every message."""

import os
from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.bare import is_bare
from bot.entities import Named, named_in
from bot.signs import are_signs, meaning

ANSWERS = frozenset({"affirm", "deny", "inform", "correct"})
ALL_KINDS = (
    "A-17 heute, letzte Woche, Dienstag im Mai 2026, zu Ostern um 3 Uhr für 5 Euro, bitte ana at"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NameExtractor(GraphComponent, EntityExtractorMixin):
    """Finds what a message names, and knows an answer that is nothing but a name.

    Stands after the classifier: no training would teach that as surely as a rule does that "A-17"
    alone informs us of something.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NameExtractor":
        """Build it for the shop's country; it has nothing to learn."""
        return cls(os.environ.get("RAPPORT_REGION", "DE"))

    def __init__(self, region: str) -> None:
        self._region = region
        # What a message names first is looked up in lexicons; no customer should wait for that.
        named_in(ALL_KINDS, today=_day({}), region=region)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message, and the intent to a bare answer."""
        for message in messages:
            text = message.get(TEXT) or ""
            names = self._named_in(text, message.get(METADATA) or {})
            found = [
                {"entity": n.entity, "start": n.start, "end": n.end, "value": n.value}
                for n in names
            ]
            entities = self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            if is_bare(text, names):
                _understand(message, "inform", 1.0)
            elif are_signs(text):
                _read_signs(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: nothing is learned from entities."""
        return training_data

    def _named_in(self, text: str, metadata: Mapping[str, Any]) -> list[Named]:
        language = metadata.get("language")
        return named_in(text, language=language, today=_day(metadata), region=self._region)


def _day(metadata: Mapping[str, Any]) -> date:
    """Return the shop's day, which comes with a turn; training and trials have none."""
    told = metadata.get("today")
    return date.fromisoformat(told) if told else datetime.now(tz=timezone.utc).date()


def _read_signs(message: Message, text: str) -> None:
    """Take a thumb for an answer, and nothing else that has no words: a yes changes things."""
    intent = meaning(text)
    guessed = str((message.get(INTENT) or {}).get("name"))
    if intent is not None:
        _understand(message, intent, 1.0)
    elif guessed in ANSWERS:
        _understand(message, guessed, 0.0)


def _understand(message: Message, intent: str, confidence: float) -> None:
    understood = {"name": intent, "confidence": confidence}
    message.set(INTENT, understood, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [understood], add_to_output=True)
