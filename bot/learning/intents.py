"""What a sentence means, told by its sense and by its spelling."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from bot.learning.borrowed import Borrowed
from bot.learning.sentences import Phrases, Place, Sentences, Vectors

SENSE, LETTERS, WORDS = 0.4, 0.4, 0.2
"""How much each counts; accuracy is flat around these under cross-validation."""
RAREST = 2
"""Sentences that a stretch of letters or words must occur in to be learned."""

FIGURE = re.compile(r"\d")

HELD_BACK = 0.2
"""The part of the sentences that the confidences are fitted on."""
SHARPNESSES = np.geomspace(0.5, 20, 80)


class Features:
    """The sense of a sentence and its spelling, side by side."""

    def __init__(self, known: Phrases) -> None:
        self._place = Place.of(known.sentences.seen, known.german)
        self._spelling = [
            (LETTERS, _spelling("char_wb", (2, 5)).fit(known.sentences.texts)),
            (WORDS, _spelling("word", (1, 2)).fit(known.sentences.texts)),
        ]

    @property
    def stretches(self) -> int:
        """How many stretches of letters and words were learned."""
        return sum(len(part.vocabulary_) for _, part in self._spelling)

    def of(self, sentences: Sentences) -> tuple[Vectors, csr_matrix]:
        """Return what the encoder tells, dense, and what the spelling tells, sparse."""
        sense = np.sqrt(SENSE) * self._place.put(sentences.seen)
        spelled = [np.sqrt(w) * part.transform(sentences.texts) for w, part in self._spelling]
        return np.asarray(sense, np.float32), hstack(spelled).tocsr()


class Classifier:
    """A linear support vector machine over sense and spelling, whose votes are made confidences.

    The confidence is a softmax of the votes. Its sharpness is fitted on sentences that were held
    back (Platt's scaling, for many classes at once: Guo et al. 2017, "temperature scaling").
    """

    def __init__(
        self,
        features: Features,
        machine: LinearSVC,
        sharpness: float = 1.0,
        borrowed: Sequence[Borrowed] = (),
    ) -> None:
        self._borrowed = borrowed
        self.meanings = [str(name) for name in machine.classes_]
        self._features = features
        self._sharpness = sharpness
        split = machine.coef_.shape[1] - features.stretches
        self._of_sense = np.ascontiguousarray(machine.coef_[:, :split].T, np.float32)
        self._of_spelling = np.ascontiguousarray(machine.coef_[:, split:].T, np.float32)
        self._offsets = machine.intercept_.astype(np.float32)

    @classmethod
    def learned(cls, known: Phrases) -> "Classifier":
        """Learn what phrases mean."""
        taught, held = train_test_split(
            np.arange(len(known.meant)), test_size=HELD_BACK, random_state=0, stratify=known.meant
        )
        trial = cls(*_fitted(known.at(taught)))
        unseen = known.at(held)
        right = np.searchsorted(trial.meanings, unseen.meant)
        sharpness = _best_sharpness(trial.votes(unseen.sentences), right)
        lent = [Borrowed.learned(known, lends=one, sharpness=sharpness) for one in (True, False)]
        return cls(*_fitted(known), sharpness, [one for one in lent if one is not None])

    def votes(self, sentences: Sentences) -> Vectors:
        """Return how far each sentence lies on each meaning's side."""
        sense, spelling = self._features.of(sentences)
        return np.asarray(
            sense @ self._of_sense + spelling @ self._of_spelling + self._offsets, np.float32
        )

    def confidences(self, sentences: Sentences) -> Vectors:
        """Return how likely each of the meanings is, for each of the sentences."""
        votes = self.votes(sentences)
        confidences = np.asarray(softmax(self._sharpness * votes, axis=1))
        for borrowed in self._borrowed:
            borrowed.lend(confidences, votes, sentences, self.meanings)
        return confidences


def _fitted(known: Phrases) -> tuple[Features, LinearSVC]:
    features = Features(known)
    sense, spelling = features.of(known.sentences)
    return features, LinearSVC(random_state=0).fit(
        hstack([csr_matrix(sense), spelling]), known.meant
    )


def _spelling(analyzer: str, stretches: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=stretches,
        min_df=RAREST,
        sublinear_tf=True,
        preprocessor=_without_figures,
        dtype=np.float32,
    )


def _without_figures(text: str) -> str:
    """Return the text as it is spelled, whichever order or sum it names."""
    return FIGURE.sub("0", text.lower())


def _best_sharpness(votes: Vectors, right: NDArray[np.intp]) -> float:
    def surprise(sharpness: float) -> float:
        told = log_softmax(sharpness * votes, axis=1)
        return float(-told[np.arange(len(right)), right].mean())

    return float(min(SHARPNESSES, key=surprise))
