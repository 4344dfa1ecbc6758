"""Measure relevance on shoppers' queries: `python -m tests.bench.icecat`, with the data beside.

The queries as shoppers wrote them and the same in German, against products described in English.
Weights were fitted on every other query; both halves are told.
"""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from channels.up.settings import UpSettings
from crm_store.base import Language, utc_now
from crm_store.catalogue.encoders import Encoder, encoder_named
from crm_store.db import SessionFactory
from crm_store.suggestions.matching import Matcher
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish
from tests.bench import baselines
from tests.bench.judging import Grades, among_judged, grades_in, ndcg, queries_in
from tests.bench.shops import DATA, KEPT, shop

ICECAT = DATA / "icecat"
MAPPING = str(Path(__file__).with_name("icecat.toml"))
GERMAN = Path(__file__).with_name("icecat_german.tsv")
AIM, EQUAL = 0.80, 0.92

Rankings = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Judged:
    """What was judged, by query."""

    grades: Mapping[str, Grades]

    def row(self, name: str, rankings: Rankings) -> str:
        """Return a line of the table: all queries, and each half."""
        queries = sorted(rankings)
        gains = np.array([ndcg(rankings[query], self.grades[query]) for query in queries])
        halves = f"{gains[::2].mean():.3f} | {gains[1::2].mean():.3f}"
        return f"| {name} | {gains.mean():.3f} | {halves} |\n"

    def products(self) -> Path:
        """Return a file of the judged products alone."""
        judged = {product for grades in self.grades.values() for product in grades}
        file = KEPT / "icecat-judged.jsonl"
        with (ICECAT / "products.jsonl").open(encoding="utf-8") as lines:
            kept = "".join(line for line in lines if json.loads(line)["id"] in judged)
        file.write_text(kept, "utf-8")
        return file

    def among(self, rankings: Rankings) -> float:
        """Return the measure over judged products alone."""
        gains = [among_judged(rankings[query], self.grades[query]) for query in rankings]
        return float(np.mean(gains))


async def main() -> None:
    """Print the tables, or why there are none."""
    if not ICECAT.is_dir():
        sys.stdout.write(f"nothing to measure: {ICECAT} is not here\n")
        return
    judged = Judged(grades_in(ICECAT / "qrels.txt"))
    english, german = (
        {query: words for query, words in queries_in(file).items() if query in judged.grades}
        for file in (ICECAT / "queries.tsv", GERMAN)
    )
    encoder = await asyncio.to_thread(encoder_named, UpSettings().rapport_encoder)
    async with AsyncExitStack() as open_shops:
        everything = await open_shops.enter_async_context(
            shop("icecat", ICECAT / "products.jsonl", MAPPING, encoder)
        )
        sys.stdout.write("| nDCG@10, unjudged counts as wrong | all | fitted on | held out |\n")
        sys.stdout.write("| --- | --- | --- | --- |\n")
        ours = await _rankings(everything, encoder, english, Language.en)
        for name, rankings in baselines.rankings(ICECAT / "products.jsonl", english).items():
            sys.stdout.write(judged.row(name, rankings))
        sys.stdout.write(judged.row("**Rapport**", ours))
        few = await open_shops.enter_async_context(
            shop("icecat-judged", judged.products(), MAPPING, encoder)
        )
        one = judged.among(await _rankings(few, encoder, english, Language.en))
        other = judged.among(await _rankings(few, encoder, german, Language.de))
        sys.stdout.write(f"\njudged products alone: English {one:.3f}, German {other:.3f}")
        sys.stdout.write(f", German / English {other / one:.2f} (aim {EQUAL})\n")


async def _rankings(
    sessions: SessionFactory, encoder: Encoder, queries: Mapping[str, str], language: Language
) -> dict[str, list[str]]:
    matcher = Matcher(encoder)
    rankings = {}
    for query, words in queries.items():
        async with sessions() as session:
            store = SuggestionRepository(session, language)
            wish = Wish(conversation=uuid4(), text=words, language=language)
            asked = await matcher.understand(wish)
            answer = await matcher.answer(
                store, asked, without=frozenset(), currency="EUR", at=utc_now()
            )
        rankings[query] = [pick.candidate.sku for pick in answer.kin] if answer else []
    return rankings


if __name__ == "__main__":
    asyncio.run(main())
