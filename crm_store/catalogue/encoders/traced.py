"""A model's computation for one text, recorded once and then replayed without its Python."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

EMBEDDING = "sentence_embedding"
RECORDED = "a few words"
"""What the computation is recorded with."""
TRIED = (RECORDED, "one", "somewhat more of them than at first, and a number: 4.711")
"""What it is then tried with: texts of other lengths, too."""

Features = Mapping[str, Any]
Compute = Callable[[Features], torch.Tensor]


class _Steps(torch.nn.Module):
    """The model with its features in a row, as they can be recorded."""

    def __init__(
        self, model: "SentenceTransformer", names: Sequence[str], others: Features
    ) -> None:
        super().__init__()
        self._model = model
        self._names = names
        self._others = others

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """Return the vector."""
        named = dict(zip(self._names, tensors, strict=True))
        return _placed(self._model, {**self._others, **named})


def computing(model: "SentenceTransformer") -> Compute:
    """Return what gives the vector of one text's features, in the fastest way that is right.

    A third of the time of a small model goes into the library's own steps between those of the
    computation. A model that takes other steps for other texts cannot be recorded, and is asked
    itself.

    https://docs.pytorch.org/docs/stable/generated/torch.jit.trace.html
    """
    plainly = partial(_placed, model)
    try:
        replay = _recorded(model)
        right = all(_agree(plainly, replay, model.preprocess([text])) for text in TRIED)
    except (RuntimeError, TypeError, ValueError, KeyError, AttributeError):
        return plainly
    return replay if right else plainly


def _placed(model: "SentenceTransformer", features: Features) -> torch.Tensor:
    placed: torch.Tensor = model({**features})[EMBEDDING]
    return placed


def _recorded(model: "SentenceTransformer") -> Compute:
    features = model.preprocess([RECORDED])
    names = [name for name, value in features.items() if isinstance(value, torch.Tensor)]
    others = {name: value for name, value in features.items() if name not in names}
    with warnings.catch_warnings(), torch.inference_mode():
        # It warns of each decision that it records; what comes of that is tried.
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(  # type: ignore[no-untyped-call]
            _Steps(model, names, others),
            tuple(features[name] for name in names),
            check_trace=False,
            strict=False,
        )

    def replay(features: Features) -> torch.Tensor:
        placed: torch.Tensor = traced(*(features[name] for name in names))
        return placed

    return replay


def _agree(plainly: Compute, replay: Compute, features: Features) -> bool:
    with torch.inference_mode():
        return torch.allclose(plainly(features), replay(features), atol=1e-3)
