"""Intervals for rates and for differences, and how many customers they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np

# Not scipy.stats, which takes seconds to load, for which every command would wait.
from scipy.special import stdtrit

CONFIDENCE = 0.95
POWER = 0.8
"""How surely a difference that is there is to be seen, as is usual since Cohen (1988)."""
_TAIL = 1 - (1 - CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_TAIL)
_Z_POWER = NormalDist().inv_cdf(POWER)
_PER_SKEWNESS = 355


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values something lies, with 95 % confidence."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def rate(self) -> float:
        """The share, from 0 to 1; of none, it is none."""
        return self.hits / self.of if self.of else 0.0


def wilson(share: Share) -> Interval | None:
    """Return between which rates, from 0 to 1, the true one lies; None where there is no data.

    The score interval of Wilson (JASA 22, 1927), which holds for small numbers too.
    """
    if not share.of:
        return None
    n, p, z = share.of, share.rate, _Z
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Interval(max(middle - half, 0.0), min(middle + half, 1.0))


def newcombe(one: Share, other: Share) -> Interval | None:
    """Return between which values the rate of one less that of the other lies, from -1 to 1.

    Newcombe's hybrid of two Wilson intervals, his method 10 (Statistics in Medicine 17, 1998). None
    where either has no data.
    """
    a, b = wilson(one), wilson(other)
    if a is None or b is None:
        return None
    difference = one.rate - other.rate
    below = sqrt((one.rate - a.low) ** 2 + (b.high - other.rate) ** 2)
    above = sqrt((a.high - one.rate) ** 2 + (other.rate - b.low) ** 2)
    return Interval(difference - below, difference + above)


def welch(one: Sequence[float], other: Sequence[float]) -> Interval | None:
    """Return between which values the mean of one less that of the other lies, in their own unit.

    For groups of unlike size and spread: Welch (Biometrika 34, 1947). None where a group has fewer
    than two values, or where all values are alike.
    """
    if min(len(one), len(other)) < 2:
        return None
    errors = [float(np.var(group, ddof=1)) / len(group) for group in (one, other)]
    error = sum(errors)
    if error == 0:
        return None
    sizes = (len(one), len(other))
    freedom = error**2 / sum(e**2 / (n - 1) for e, n in zip(errors, sizes, strict=True))
    half = float(stdtrit(freedom, _TAIL)) * sqrt(error)
    difference = float(np.mean(one) - np.mean(other))
    return Interval(difference - half, difference + half)


def needed_to_tell(least: float, seen: Share, *, times: float) -> int:
    """Return how many customers the smaller group needs to see a difference of two rates.

    `least` is the difference to be seen, from 0 to 1, `seen` the rate of all so far, and `times`
    how many times the larger group is the smaller. The usual sum for two proportions (Fleiss, Levin
    and Paik, "Statistical Methods for Rates and Proportions", 2003, chapter 4). The rate is drawn
    towards a half as by Agresti and Coull (The American Statistician 52, 1998), so that little data
    asks for more.
    """
    p = (seen.hits + 2) / (seen.of + 4)
    return ceil((_Z + _Z_POWER) ** 2 * p * (1 - p) * (1 + 1 / times) / least**2)


def needed_for_means(values: Sequence[float]) -> int:
    """Return how many customers each group needs before the interval of its mean can be trusted.

    What customers spend is far from a bell: most spend nothing, few a lot. 355 times the squared
    skewness, by rule 7 of Kohavi et al., "Seven Rules of Thumb for Web Site Experimenters" (KDD
    2014); a skewness below 1, for which the rule says nothing, counts as 1.
    """
    return ceil(_PER_SKEWNESS * max(_skewness(values) ** 2, 1.0))


def _skewness(values: Sequence[float]) -> float:
    away = np.asarray(values, dtype=float) - np.mean(values) if values else np.zeros(1)
    spread = float(np.mean(away**2))
    return float(np.mean(away**3)) / spread**1.5 if spread else 0.0
