"""What a message wants, told by the sentences that it is like."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    FEATURE_TYPE_SENTENCE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language import is_german
from bot.likeness import Likeness, Vectors

RANKED = 10
FILE = "likeness.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent, IntentClassifier):
    """Names the intent of a message, how sure that is, and what else it may be."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, likeness: Likeness | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._likeness = likeness

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceClassifier":
        """Build one that has learned nothing yet."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceClassifier":
        """Build the one that was trained."""
        with (
            model_storage.read_from(resource) as folder,
            np.load(folder / FILE, allow_pickle=False) as kept,
        ):
            return cls(model_storage, resource, Likeness.from_kept(dict(kept)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and write down what was learned."""
        examples = [one for one in training_data.intent_examples if _is_seen(one)]
        if examples:
            self._likeness = Likeness.learned(
                _views(examples),
                [str(example.get(INTENT)) for example in examples],
                [is_german(example.get(TEXT)) for example in examples],
            )
            with self._storage.write_to(self._resource) as folder:
                np.savez(folder / FILE, **self._likeness.kept())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent and the ranking to each message that has words."""
        seen = [message for message in messages if _is_seen(message)]
        if seen and self._likeness is not None:
            confidences = self._likeness.confidences(_views(seen))
            for message, row in zip(seen, confidences):  # noqa: B905 - as many of each
                self._name(message, row, self._likeness.meanings)
        return messages

    def _name(self, message: Message, confidences: Vectors, meanings: list[str]) -> None:
        ranking = [
            {
                INTENT_NAME_KEY: meanings[place],
                PREDICTED_CONFIDENCE_KEY: float(confidences[place]),
            }
            for place in np.argsort(-confidences)[:RANKED]
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _is_seen(message: Message) -> bool:
    return bool(_vectors(message))


def _views(messages: list[Message]) -> list[Vectors]:
    """Return what each encoder sees, a row for each message."""
    return [np.vstack(view) for view in zip(*map(_vectors, messages))]  # noqa: B905 - as many of each


def _vectors(message: Message) -> list[Vectors]:
    return [
        np.asarray(feature.features, np.float32)
        for feature in message.features
        if feature.attribute == TEXT
        and feature.type == FEATURE_TYPE_SENTENCE
        and feature.is_dense()
    ]
