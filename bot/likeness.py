"""What a sentence means, told by how like it is to sentences whose meaning is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

NARROWNESS = 1.5
"""How quickly likeness fades with distance; flat between 1 and 3 under cross-validation."""

DOUBT = 0.05
"""How far a single sentence is believed, against all others; flat between 0.03 and 0.1."""

SHARPNESSES = np.geomspace(1, 60, 120)


@dataclass(frozen=True)
class Place:
    """One encoder's view, in which every sentence has length one and no language."""

    centre: Vectors
    language: Vectors
    """The direction in which German and English sentences of one meaning lie apart."""

    @classmethod
    def of(cls, vectors: Vectors, german: NDArray[np.bool_]) -> "Place":
        """Take the measure of the sentences to be learned; `german` tells which are."""
        language = np.zeros(vectors.shape[1], np.float32)
        if german.any() and not german.all():
            language = vectors[german].mean(axis=0) - vectors[~german].mean(axis=0)
            language /= np.linalg.norm(language)
        return cls(vectors.mean(axis=0), language)

    def put(self, vectors: Vectors) -> Vectors:
        """Return the vectors as this view has them."""
        placed = vectors - self.centre
        placed = placed - np.outer(placed @ self.language, self.language)
        return np.asarray(placed / np.maximum(np.linalg.norm(placed, axis=1), 1e-9)[:, None])


class Likeness:
    """Kernel ridge regression: every known sentence votes, the more the more alike it is.

    A vote is weighed so that the known sentences explain each other. The confidence is a softmax
    of the votes, whose sharpness makes each known sentence's meaning, told by all others without
    it, as likely as can be: so it is calibrated on sentences that were not learned.
    """

    def __init__(
        self,
        meanings: Sequence[str],
        places: Sequence[Place],
        known: Vectors,
        weights: Vectors,
        sharpness: float,
    ) -> None:
        self.meanings = list(meanings)
        self._places = list(places)
        self._known = known
        self._weights = weights
        self._sharpness = sharpness

    @classmethod
    def learned(
        cls, views: Sequence[Vectors], meant: Sequence[str], german: Sequence[bool]
    ) -> "Likeness":
        """Learn from sentences as each encoder sees them, and from what each of them means."""
        meanings = sorted(set(meant))
        places = [Place.of(view, np.asarray(german)) for view in views]
        known = _joined(places, views)
        means = np.asarray([[meaning == one for one in meanings] for meaning in meant], np.float32)
        inverse = np.linalg.inv(_likeness(known, known) + DOUBT * np.eye(len(known), dtype="f4"))
        weights = inverse @ means
        unseen = means - weights / np.diag(inverse)[:, None]
        return cls(meanings, places, known, weights, _best_sharpness(unseen, means.argmax(axis=1)))

    def confidences(self, views: Sequence[Vectors]) -> Vectors:
        """Return how likely each of the meanings is, for each of the sentences."""
        votes = _likeness(_joined(self._places, views), self._known) @ self._weights
        return _softmax(self._sharpness * votes)

    def kept(self) -> dict[str, NDArray[np.generic]]:
        """Return all of it as arrays, to be written down."""
        places = {
            f"{part}_{number}": getattr(place, part)
            for number, place in enumerate(self._places)
            for part in ("centre", "language")
        }
        return {
            "meanings": np.asarray(self.meanings),
            "known": self._known.astype(np.float16),
            "weights": self._weights,
            "sharpness": np.asarray(self._sharpness),
            **places,
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, NDArray[np.generic]]) -> "Likeness":
        """Return it as it was when its arrays were written down."""
        count = sum(name.startswith("centre_") for name in kept)
        places = [
            Place(_read(kept, f"centre_{n}"), _read(kept, f"language_{n}")) for n in range(count)
        ]
        return cls(
            [str(name) for name in kept["meanings"]],
            places,
            _read(kept, "known"),
            _read(kept, "weights"),
            float(_read(kept, "sharpness").item()),
        )


def _read(kept: Mapping[str, NDArray[np.generic]], name: str) -> Vectors:
    return np.ascontiguousarray(kept[name], dtype=np.float32)


def _joined(places: Sequence[Place], views: Sequence[Vectors]) -> Vectors:
    seen = [place.put(view) for place, view in zip(places, views)]  # noqa: B905 - as many of each
    return np.asarray(np.hstack(seen) / np.sqrt(len(seen)), np.float32)


def _likeness(some: Vectors, others: Vectors) -> Vectors:
    return np.asarray(np.exp(NARROWNESS * (some @ others.T - 1)), np.float32)


def _softmax(votes: Vectors) -> Vectors:
    raised = np.exp(votes - votes.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _best_sharpness(votes: Vectors, meant: NDArray[np.intp]) -> float:
    def surprise(sharpness: float) -> float:
        right = _softmax(sharpness * votes)[np.arange(len(meant)), meant]
        return float(-np.log(np.maximum(right, 1e-9)).mean())

    return float(min(SHARPNESSES, key=surprise))
