"""What others would rank with: words alone, meaning alone, and their plain fusion."""

import json
from collections.abc import Mapping
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from crm_store.catalogue.encoders import encoder_named
from tests.bench.shops import KEPT

DEEP = 1_000
SMOOTHING = 60
"""Of reciprocal rank fusion: Cormack, Clarke, Büttcher (SIGIR 2009)."""
FIELDS = ("title", "description", "attributes")

Scores = NDArray[np.float64]


def rankings(products: Path, queries: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Return for each way its ranking of the products' numbers, by query."""
    with products.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    words, meaning = _by_words(rows, queries), _by_meaning(rows, queries)
    ways = {
        "BM25 on title, description, attributes (bm25s)": words,
        "MiniLM on titles": meaning,
        "both, by reciprocal ranks": _fused(words, meaning),
    }
    numbers = [row["id"] for row in rows]
    return {name: _ranked(scores, numbers, queries) for name, scores in ways.items()}


def _by_words(rows: list[dict[str, str]], queries: Mapping[str, str]) -> Scores:
    stemmer = Stemmer.Stemmer("english")
    texts = [" ".join(row.get(field) or "" for field in FIELDS) for row in rows]
    tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)
    asked = [stemmer.stemWords(words.lower().split()) for words in queries.values()]
    return np.array([index.get_scores(words) for words in asked])


def _by_meaning(rows: list[dict[str, str]], queries: Mapping[str, str]) -> Scores:
    encoder = encoder_named("minilm")
    kept = KEPT / f"minilm-titles-{len(rows)}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, encoder.encode([row["title"] for row in rows]))
    return np.asarray(encoder.encode(list(queries.values())) @ np.load(kept).T, np.float64)


def _fused(*ways: Scores) -> Scores:
    return sum((_reciprocal(scores) for scores in ways), np.zeros_like(ways[0]))


def _reciprocal(scores: Scores) -> Scores:
    places = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    return np.where((places < DEEP) & (scores > 0), 1 / (SMOOTHING + places + 1), 0.0)


def _ranked(scores: Scores, numbers: list[str], queries: Mapping[str, str]) -> dict[str, list[str]]:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :DEEP]
    return {
        query: [numbers[place] for place in row] for query, row in zip(queries, order, strict=True)
    }
