"""Search by words, in SQL: BM25F over a product's title, facets and description.

Robertson, Zaragoza, Taylor: "Simple BM25 extension to multiple weighted fields" (CIKM 2004). The
weighted count of a term is what `ts_rank_cd` adds up; that a length counts distinct words, which
is what PostgreSQL keeps, is our simplification.
"""

from crm_store.base import Language

SATURATION, BY_LENGTH = 0.6, 0.35
"""k1 and b, fitted on half of the queries of `tests/bench/icecat.py`."""
FIELDS = "{0, 0.3, 0.5, 1}"
"""Weights of PostgreSQL's classes D to A: none, descriptions, facets, titles."""
MOST_TERMS = 12
MOST_MATCHES = 500
"""Texts that the terms may bring in together, the rarest term first.

What is commoner is no help in finding, and still counts for what has been found.
"""
COMMON_LENGTH = 20
"""Words of a text, where none were counted yet."""

ASKED = f"""
known AS (
    SELECT spoken.language, term.lexeme, quote_literal(term.lexeme)::tsquery AS query,
           coalesce(counted.texts, 0) AS texts, coalesce(size.texts, 1) AS of,
           coalesce(size.words, {COMMON_LENGTH}) AS words
    FROM (VALUES ('de', 'german'::regconfig), ('en', 'english')) AS spoken (language, dictionary)
    CROSS JOIN LATERAL unnest(to_tsvector(spoken.dictionary, :words)) AS term
    LEFT JOIN search_terms counted USING (language, lexeme)
    LEFT JOIN search_sizes size USING (language)
),
asked AS (
    SELECT language, query, words, ln(1 + (of - texts + 0.5) / (texts + 0.5)) AS weight,
           row_number() OVER rarest AS place, sum(texts) OVER rarest AS matches
    FROM known WINDOW rarest AS (PARTITION BY language ORDER BY texts, lexeme)
)
""".replace("::", r"\:\:")  # noqa: S608 - constants alone
"""The terms of a wish by language, with their weights: how seldom texts have them."""

# Each language has its own index, which its name must stand in the query for.
MATCHED = " UNION ALL ".join(
    f"""
SELECT t.id AS text_id FROM asked
JOIN product_texts t ON t.language = '{language}' AND t.searchable @@ asked.query
WHERE asked.language = '{language}'
  AND asked.place <= {MOST_TERMS} AND asked.matches <= :most_matches
"""  # noqa: S608 - constants alone
    for language in Language
)
"""The texts that have one of the rarer terms."""

# Once for each text and term: ranking is what all of this spends its time on.
COUNTED = f"""
CROSS JOIN LATERAL (
    SELECT ts_rank_cd('{FIELDS}', t.searchable, asked.query) AS count OFFSET 0
) AS counted
"""
FIT = f"""
sum(asked.weight * counted.count / (counted.count + {SATURATION} * (
    1 - {BY_LENGTH} + {BY_LENGTH} * length(t.searchable) / asked.words
)))
"""
"""How well a text `t` fits the terms of its language in `asked`, as they are `COUNTED` in it."""
