"""Meanings that only one of the two languages has phrases for, as when an intent is new."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.svm import LinearSVC

from bot.learning.language import is_german
from bot.learning.sentences import Phrases, Place, Sentences, Vectors

FEW = 3
"""Phrases in a language up to which an intent counts as unknown there: some are in none."""
HEAD_START = 0.6
"""What a lent vote is short of one's own; fitted on intents whose German phrases were left out."""


@dataclass(frozen=True)
class Borrowed:
    """Tells what a language has no phrases for, by the sense of the other one's.

    Spelling knows nothing of it there and speaks for all other meanings. So the sense alone votes
    for it, as learned from the language that lends, and wins where no other meaning is sure.
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

    def lend(
        self, confidences: Vectors, votes: Vectors, sentences: Sentences, meanings: list[str]
    ) -> None:
        """Give the new meanings their share of the confidences, where the language borrows.

        The votes are those that the confidences come from; both have a row for each sentence and
        a column for each of the meanings.
        """
        known = votes[:, [one not in self.new for one in meanings]].max(axis=1)
        lent = np.where(
            np.isin(self.machine.classes_, list(self.new)), self._votes(sentences), -np.inf
        )
        shares = expit(self.sharpness * (lent.max(axis=1) + HEAD_START - known))
        for row, best, share, text in zip(  # noqa: B905 - as many of each
            confidences, lent.argmax(axis=1), shares, sentences.texts
        ):
            if is_german(text) != self.lender_is_german:
                row *= 1 - share
                row[meanings.index(str(self.machine.classes_[best]))] += share

    def _votes(self, sentences: Sentences) -> Vectors:
        votes = self.machine.decision_function(self.place.put(sentences.seen))
        return np.asarray(votes, np.float32)
