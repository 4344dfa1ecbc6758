"""How good a ranking is, by what people judged.

nDCG@10 as Järvelin and Kekäläinen define it (2002), with gains of 2^grade - 1 (Burges et al. 2005).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

DEEP = 10

Grades = Mapping[str, int]
"""What was judged for one query: a product's number and its grade, 0 for none."""


def ndcg(ranked: Sequence[str], grades: Grades) -> float:
    """Return the measure for one ranking; what was not judged counts as wrong."""
    ideal = _discounted(sorted(grades.values(), reverse=True))
    return _discounted([grades.get(product, 0) for product in ranked]) / ideal if ideal else 0.0


def among_judged(ranked: Sequence[str], grades: Grades) -> float:
    """Return the measure over judged products alone, as if no others were in the shop.

    What a ranking leaves out comes last, and gains nothing.
    """
    return ndcg([product for product in ranked if product in grades], grades)


def grades_in(file: Path) -> dict[str, Grades]:
    """Read what was judged, by query: `query 0 product grade`, as TREC writes it."""
    grades: dict[str, dict[str, int]] = {}
    for line in file.read_text("utf-8").splitlines():
        query, _, product, grade = line.split()
        grades.setdefault(query, {})[product] = int(grade)
    return {query: judged for query, judged in grades.items() if any(judged.values())}


def queries_in(file: Path) -> dict[str, str]:
    """Read queries: their number, a tab and the words."""
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line)
    return {query: words for query, words in rows}  # noqa: C416 - a list is no pair for mypy


def _discounted(grades: Sequence[int]) -> float:
    return float(sum((2**g - 1) / np.log2(place + 2) for place, g in enumerate(grades[:DEEP])))
