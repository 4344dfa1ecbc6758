"""Compare encoders on shoppers' queries: `python -m tests.bench.icecat`, where the data lie beside.

nDCG@10 over the judged pairs only, as Järvelin and Kekäläinen define it (2002), for the queries as
shoppers wrote them and for the same in German, against English titles.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from crm_store.catalogue.encoders import Encoder, encoder_named

DATA = Path("../shared/data/icecat")
GERMAN = Path(__file__).with_name("icecat_german.tsv")
DEEP = 10

Grades = Mapping[str, Mapping[str, int]]


def main() -> None:
    """Print the table, or why there is none."""
    if not DATA.is_dir():
        sys.stdout.write(f"nothing to measure: {DATA} is not here\n")
        return
    grades, titles = _grades(), _titles()
    english = _queries(DATA / "queries.tsv")
    german = _queries(GERMAN)
    sys.stdout.write(
        "| encoder | English | German | German / English |\n| --- | --- | --- | --- |\n"
    )
    for name in ("minilm", "use", "minilm+use"):
        encoder = encoder_named(name)
        one, other = (_ndcg(encoder, said, grades, titles) for said in (english, german))
        sys.stdout.write(f"| {name} | {one:.3f} | {other:.3f} | {other / one:.2f} |\n")


def _ndcg(
    encoder: Encoder, queries: Mapping[str, str], grades: Grades, titles: Mapping[str, str]
) -> float:
    judged = sorted({product for each in grades.values() for product in each if product in titles})
    rows = dict(zip(judged, encoder.encode([titles[p] for p in judged]), strict=True))
    asked = [query for query in queries if any(grades[query].values())]
    wishes = encoder.encode([queries[query] for query in asked])
    gains = [
        _gain(
            sorted(
                (p for p in grades[query] if p in rows),
                key=lambda product: -float(rows[product] @ wish),
            ),
            grades[query],
        )
        for query, wish in zip(asked, wishes, strict=True)
    ]
    return float(np.mean(gains))


def _gain(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    best = sorted((grades[product] for product in ranked), reverse=True)
    ideal = _discounted(best)
    return _discounted([grades[product] for product in ranked]) / ideal if ideal else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return float(sum((2**g - 1) / np.log2(place + 2) for place, g in enumerate(grades[:DEEP])))


def _grades() -> Grades:
    grades: dict[str, dict[str, int]] = {}
    for line in (DATA / "qrels.txt").read_text("utf-8").splitlines():
        query, _, product, grade = line.split()
        grades.setdefault(query, {})[product] = int(grade)
    return grades


def _titles() -> dict[str, str]:
    with (DATA / "products.jsonl").open(encoding="utf-8") as lines:
        return {row["id"]: row["title"] for row in map(json.loads, lines)}


def _queries(file: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line)
    return {query: words for query, words in rows}  # noqa: C416 - a list is no pair for mypy


if __name__ == "__main__":
    main()
