"""What a message wants, told by its sense and its spelling."""

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.learning import code
from bot.learning.intents import Classifier
from bot.learning.sentences import Phrases, Sentences, Vectors

RANKED = 10
FILE = "classifier.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent, IntentClassifier):
    """Names the intent of a message, how sure that is, and what else it may be."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, classifier: Classifier | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._classifier = classifier

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

    @staticmethod
    def required_packages() -> list[str]:
        """Name what it learns with: another version learns anew."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Tell Rasa, which sees this class alone, when the code behind it has changed."""
        return code.fingerprint()

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
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and write down what was learned."""
        examples = [one for one in training_data.intent_examples if _is_seen(one)]
        if examples:
            meant = [str(example.get(INTENT)) for example in examples]
            self._classifier = Classifier.learned(Phrases.of(_sentences(examples), meant))
            with self._storage.write_to(self._resource) as folder:
                joblib.dump(self._classifier, folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent and the ranking to each message that has words."""
        seen = [message for message in messages if _is_seen(message)]
        if seen and self._classifier is not None:
            confidences = self._classifier.confidences(_sentences(seen))
            for message, row in zip(seen, confidences):  # noqa: B905 - as many of each
                _name(message, row, self._classifier.meanings)
        return messages


def _name(message: Message, confidences: Vectors, meanings: list[str]) -> None:
    ranking = [
        {INTENT_NAME_KEY: meanings[place], PREDICTED_CONFIDENCE_KEY: float(confidences[place])}
        for place in np.argsort(-confidences)[:RANKED]
    ]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _is_seen(message: Message) -> bool:
    return message.get_dense_features(TEXT)[1] is not None


def _sentences(messages: list[Message]) -> Sentences:
    features = [message.get_dense_features(TEXT)[1] for message in messages]
    seen = np.vstack([feature.features for feature in features if feature is not None])
    return Sentences(seen.astype(np.float32), [message.get(TEXT) for message in messages])
