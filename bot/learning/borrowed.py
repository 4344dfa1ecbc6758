"""Meanings that only one of the two languages has phrases for, as when an intent is new."""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax
from sklearn.svm import LinearSVC

from bot.learning.language import is_german
from bot.learning.sentences import Phrases, Place, Sentences, Vectors

FEW = 3
"""Phrases in a language up to which an intent counts as unknown there: some are in none."""


@dataclass(frozen=True)
class Borrowed:
    """Tells what a language has no phrases for, by the sense of the other one's.

    Spelling knows nothing of it there and speaks for all other meanings, so the sense alone
    decides, among sentences of the language that lends.
    """

    place: Place
    machine: LinearSVC
    lender_is_german: bool
    new: frozenset[str]
    sharpness: float

    @classmethod
    def learned(cls, known: Phrases, *, lends: bool, sharpness: float) -> "Borrowed | None":
        """Learn from German phrases if `lends`, else from English ones; None if none are alone."""
        meant, german = known.meant, known.german
        new = frozenset(
            str(one)
            for one in np.unique(meant)
            if ((meant == one) & (german != lends)).sum() <= FEW < (meant == one).sum()
        )
        if not new:
            return None
        place = Place.of(known.sentences.seen, german)
        lent = known.at(np.flatnonzero(german == lends))
        machine = LinearSVC(random_state=0).fit(place.put(lent.sentences.seen), lent.meant)
        return cls(place, machine, lends, new, sharpness)

    def lend(self, confidences: Vectors, sentences: Sentences, meanings: list[str]) -> None:
        """Give the new meanings their share of the confidences, where the language borrows."""
        votes = self.machine.decision_function(self.place.put(sentences.seen))
        shares = softmax(self.sharpness * votes, axis=1)
        for row, own, text in zip(confidences, shares, sentences.texts):  # noqa: B905 - as many of each
            best = int(own.argmax())
            meaning = str(self.machine.classes_[best])
            if meaning in self.new and is_german(text) != self.lender_is_german:
                share = float(own[best])
                row *= 1 - share
                row[meanings.index(meaning)] += share
