"""A recorded model answers as the model itself, or is not used."""

from collections.abc import Sequence
from typing import Any, cast

import pytest
import torch

from crm_store.catalogue.encoders.traced import computing

pytestmark = pytest.mark.unit

TEXTS = ("one", "one and two", "one and two and three of them and so on")


class Model(torch.nn.Module):
    """Weighs the letters of a text."""

    def __init__(self, *, fickle: bool = False, secretive: bool = False) -> None:
        super().__init__()
        self.asked = 0
        self._fickle, self._secretive = fickle, secretive
        self._weights = torch.nn.Linear(1, 4)

    def preprocess(self, texts: Sequence[str]) -> dict[str, Any]:
        letters = [[float(ord(letter))] for letter in texts[0]]
        return {"letters": torch.tensor(letters), "modality": "text"}

    def forward(self, features: dict[str, Any]) -> dict[str, torch.Tensor]:
        self.asked += 1
        letters = features["letters"]
        if self._secretive:
            return {"hidden": letters}
        if self._fickle and len(letters) > 10:
            letters = letters * 2
        return {"sentence_embedding": self._weights(letters).mean(dim=0)}


def answered(model: Model, text: str) -> torch.Tensor:
    with torch.inference_mode():
        return computing(cast("Any", model))(model.preprocess([text]))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("fickle", [False, True])
def test_it_answers_as_the_model_itself(text: str, *, fickle: bool) -> None:
    model = Model(fickle=fickle)
    with torch.inference_mode():
        wanted = model(model.preprocess([text]))["sentence_embedding"]

    assert torch.allclose(answered(model, text), wanted)


@pytest.mark.parametrize("fickle", [False, True])
def test_the_model_itself_is_asked_only_where_it_must_be(*, fickle: bool) -> None:
    model = Model(fickle=fickle)
    compute = computing(cast("Any", model))
    before = model.asked
    with torch.inference_mode():
        compute(model.preprocess(["some more words"]))

    assert model.asked == before + fickle


def test_a_model_that_cannot_be_recorded_is_left_as_it_is() -> None:
    model = Model(secretive=True)
    compute = computing(cast("Any", model))

    with pytest.raises(KeyError):
        compute(model.preprocess(["words"]))
