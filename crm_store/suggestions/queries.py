"""The ranking's SQL: search by meaning and by words, and products that bear a name."""

from collections.abc import Iterable

from sqlalchemy import TextClause, text

from crm_store.catalogue.encoders import Vectors
from crm_store.suggestions import words
from crm_store.suggestions.conditions import fitting
from crm_store.suggestions.filters import Filters

DEEP = 60
"""How many products of each sort are looked at closely."""
NEAREST = 200
"""How many of the nearest texts are weighed by their words as well."""
MOST_BEARING = 200
"""How many of those that bear one of the wish's names are compared with it."""
BY_MEANING = 0.6
"""What likeness of meaning weighs beside the fit of words, each as a part of the best one's.

A sum of scores rather than of ranks: Bruch, Gai, Ingber, "An analysis of fusion functions for
hybrid retrieval" (ACM TOIS 2023).
"""

MANY, NEAREST_OF_MANY = 200_000, 500
"""From how many texts on the index looks at more: it would miss a twentieth of the nearest."""
_LOOKED_AT = f"""
SELECT CASE WHEN sum(texts) > {MANY} THEN '{NEAREST_OF_MANY}' ELSE '{NEAREST}' END FROM search_sizes
"""  # noqa: S608 - constants alone

PLANNED = text(
    f"SELECT set_config('hnsw.ef_search', ({_LOOKED_AT}), true),"
    " set_config('hnsw.iterative_scan', 'strict_order', true),"
    " set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)"
)
"""How the next queries of a transaction are planned.

The vectors' index is read on until so many have passed the filters.
By the index, though it looks a few hundred rows up: reading a whole large table takes longer, and
so does compiling a query that runs for some milliseconds.
"""

_FACTS = """
SELECT p.id AS product, p.sku, p.kind, p.creator, p.genre, p.era, p.country, p.city, p.subjects,
       said.title, p.price, p.currency, p.stock, p.image, p.format
"""
"""In the order of a candidate's fields; how near, worded and fused it is follows."""
_SAID = """
CROSS JOIN LATERAL (
    SELECT title FROM product_texts t WHERE t.product_id = p.id
    ORDER BY t.language = :language DESC LIMIT 1
) AS said
"""

# What the catalogue marks as essential comes first: of a creator of thousands, not any are taken.
_BEARING = (
    "subjects && ARRAY['essential'] AND creator = ANY(:creators)",
    "subjects && ARRAY['essential'] AND (genre = ANY(:genres) OR era = ANY(:eras))",
    "creator = ANY(:creators)",
    "subjects && :subjects",
    "city = ANY(:cities)",
    "kind = ANY(:kinds)",
)
_BESIDE = (
    "subjects && :subjects",
    "genre = ANY(:genres)",
    "era = ANY(:eras)",
    "city = ANY(:cities)",
    "country = ANY(:countries)",
)

ONE = text(
    f"{_FACTS}, CAST(0 AS float) AS near, CAST(0 AS float) AS word, CAST(0 AS float) AS fused"
    f" FROM products p {_SAID} WHERE p.id = :product"
)

COUNTED_AT = text("SELECT max(counted_at) FROM search_sizes")

TEXTS_WITH = text(
    r"""
    SELECT said.name, max(counted.texts) AS texts
    FROM unnest(CAST(:names AS text[])) AS said (name)
    CROSS JOIN (VALUES ('de', 'german'\:\:regconfig), ('en', 'english')) AS s (language, dictionary)
    JOIN search_terms counted ON counted.language = s.language
     AND counted.lexeme = ANY(tsvector_to_array(to_tsvector(s.dictionary, said.name)))
    GROUP BY said.name
    """
)


def wished(model: str, vector: Vectors | None, filters: Filters) -> TextClause:
    """Return the query for what answers a wish and passes the filters.

    Without a vector it goes by words and names alone.
    """
    passes = fitting(filters)
    return text(
        f"""
WITH nearest AS ({nearest(model, vector, filters)}),
{words.ASKED},
looked_at AS (SELECT text_id FROM nearest UNION ({words.MATCHED})),
worded AS (
    SELECT each.product_id, max(each.fit) AS fit FROM (
        SELECT t.product_id, {words.FIT} AS fit
        FROM looked_at JOIN product_texts t ON t.id = looked_at.text_id
        JOIN asked ON asked.language = t.language AND t.searchable @@ asked.query {words.COUNTED}
        GROUP BY t.id
    ) AS each GROUP BY each.product_id
),
fitting AS (SELECT product_id, fit FROM worded ORDER BY fit DESC, product_id LIMIT {NEAREST}),
bearing AS ({_some(_BEARING, filters)}),
named AS (
    SELECT p.id AS product_id, d.distance
    FROM bearing JOIN products p ON p.id = bearing.id {_distance(model, vector)}
    WHERE p.id <> ALL(:without) AND {passes}
    ORDER BY p.kind = ANY(:kinds) DESC, p.creator = ANY(:creators) DESC,
             p.genre = ANY(:genres) DESC NULLS LAST,
             p.subjects && ARRAY['essential'] DESC, d.distance
    LIMIT {DEEP}
),
close AS (
    SELECT t.product_id, min(nearest.distance) AS distance
    FROM nearest JOIN product_texts t ON t.id = nearest.text_id GROUP BY t.product_id
),
wanted AS (
    SELECT product_id FROM fitting UNION SELECT product_id FROM named
    UNION SELECT product_id FROM close
),
placed AS MATERIALIZED (
    SELECT product_id,
           coalesce(
               close.distance, named.distance, ({_least(model, vector, "wanted.product_id")})
           ) AS distance
    FROM wanted LEFT JOIN close USING (product_id) LEFT JOIN named USING (product_id)
),
weighed AS (
    SELECT p.id, d.distance, worded.fit / nullif(max(worded.fit) OVER (), 0) AS word,
           (1 - d.distance) / nullif(max(1 - d.distance) OVER (), 0) AS near
    FROM placed d JOIN products p ON p.id = d.product_id
    LEFT JOIN worded ON worded.product_id = p.id
    WHERE p.id <> ALL(:without) AND {passes}
),
fused AS (
    SELECT id, distance, word,
           (coalesce(word, 0) + {BY_MEANING} * coalesce(near, 0)) / {1 + BY_MEANING} AS fused
    FROM weighed
),
best AS (
    SELECT fused.* FROM fused LEFT JOIN named ON named.product_id = fused.id
    ORDER BY named.product_id IS NULL, fused.fused DESC LIMIT {2 * DEEP}
)
{_FACTS}, coalesce(1 - best.distance, 0) AS near, coalesce(best.word, 0) AS word, best.fused
FROM best JOIN products p ON p.id = best.id {_SAID}
"""  # noqa: S608 - the model's name is quoted, all else are constants
    )


def neighbouring(model: str, vector: Vectors | None, filters: Filters) -> TextClause:
    """Return the query for products of some kinds that share a theme, a sort or a place."""
    bonds = (f"kind = ANY(:kinds) AND {bond}" for bond in _BESIDE)
    return text(
        f"""
WITH beside AS ({_some(bonds, filters)})
{_FACTS}, coalesce(1 - d.distance, 0) AS near, CAST(0 AS float) AS word, CAST(0 AS float) AS fused
FROM beside JOIN products p ON p.id = beside.id {_distance(model, vector)} {_SAID}
WHERE p.id <> ALL(:without) AND {fitting(filters)}
ORDER BY p.subjects && :subjects DESC,
         (p.genre = ANY(:genres) OR p.era = ANY(:eras)) DESC NULLS LAST,
         p.city = ANY(:cities) DESC NULLS LAST, d.distance
LIMIT {DEEP}
"""
    )


def _some(bonds: Iterable[str], filters: Filters) -> str:
    """Return the query for some products of each bond: how many have it must not matter."""
    passes = fitting(filters) if filters else "true"
    return " UNION ".join(
        f"(SELECT p.id FROM products p WHERE {bond} AND {passes} LIMIT {MOST_BEARING})"  # noqa: S608
        for bond in bonds
    )


def nearest(model: str, vector: Vectors | None, filters: Filters) -> str:
    """Return the query for the texts next to `:vector`; it finds none where there is no vector.

    Where few products may pass, only theirs are looked at, or else the nearest would be others'.
    """
    if vector is None:
        return "SELECT NULL::uuid AS text_id, NULL::float AS distance WHERE false"
    away = _away(vector)
    of_those = (
        " JOIN product_texts t ON t.id = v.text_id JOIN products p ON p.id = t.product_id"
        f" AND {fitting(filters)}"
        if filters
        else ""
    )
    # The model stands in the text: only then does PostgreSQL use the model's own index.
    return (
        f"SELECT v.text_id, {away} AS distance FROM product_vectors v{of_those}"  # noqa: S608
        f" WHERE v.model = {_quoted(model)} ORDER BY {away} LIMIT {NEAREST}"
    )


def _distance(model: str, vector: Vectors | None) -> str:
    return f"CROSS JOIN LATERAL ({_least(model, vector, 'p.id')}) AS d"


def _least(model: str, vector: Vectors | None, product: str) -> str:
    """Return the query for how far the nearest text of a product is."""
    if vector is None:
        return "SELECT NULL::float AS distance"
    return (
        f"SELECT min({_away(vector)}) AS distance FROM product_texts t"  # noqa: S608
        f" JOIN product_vectors v ON v.text_id = t.id AND v.model = {_quoted(model)}"
        f" WHERE t.product_id = {product}"
    )


def _away(vector: Vectors) -> str:
    size = f"halfvec({len(vector)})"
    return rf"(v.vector\:\:{size} <=> CAST(:vector AS {size}))"


def _quoted(model: str) -> str:
    return "'" + model.replace("'", "''").replace(":", r"\:") + "'"
