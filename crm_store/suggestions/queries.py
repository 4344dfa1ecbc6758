"""The ranking's SQL: search by meaning and by words, and products that bear a name."""

from sqlalchemy import TextClause, text

from crm_store.catalogue.encoders import Vectors

DEEP = 80
"""How far each search looks."""

_FACTS = """
SELECT p.id AS product, p.sku, p.kind, p.creator, p.genre, p.era, p.country, p.city, p.subjects,
       p.price, p.currency, p.stock, p.image, said.title
"""
_SAID = """
CROSS JOIN LATERAL (
    SELECT title FROM product_texts t WHERE t.product_id = p.id
    ORDER BY t.language = :language DESC LIMIT 1
) AS said
"""

_AFFORDABLE = "(CAST(:most_price AS numeric) IS NULL OR p.price <= :most_price)"

ONE = text(
    f"{_FACTS}, NULL AS distance, NULL AS dense_place, NULL AS word_place"
    f" FROM products p {_SAID} WHERE p.id = :product"
)


def wished(model: str, vector: Vectors | None) -> TextClause:
    """Return the query for what answers a wish.

    Without a vector it goes by words and names alone.
    """
    return text(
        f"""
WITH nearest AS ({_nearest(model, vector)}),
dense AS (
    SELECT t.product_id, min(n.distance) AS distance,
           row_number() OVER (ORDER BY min(n.distance)) AS place
    FROM nearest n JOIN product_texts t ON t.id = n.text_id GROUP BY t.product_id
),
matching AS (
    SELECT product_id, ts_rank(searchable, to_tsquery('german', :terms)) AS fit
    FROM product_texts
    WHERE language = 'de' AND searchable @@ to_tsquery('german', :terms)
    UNION ALL
    SELECT product_id, ts_rank(searchable, to_tsquery('english', :terms))
    FROM product_texts
    WHERE language = 'en' AND searchable @@ to_tsquery('english', :terms)
),
worded AS (
    SELECT product_id, row_number() OVER (ORDER BY max(fit) DESC, product_id) AS place
    FROM matching GROUP BY product_id ORDER BY max(fit) DESC, product_id LIMIT {DEEP}
),
named AS (
    SELECT p.id AS product_id, d.distance
    FROM products p {_distance(model, vector)}
    WHERE p.stock > 0 AND p.id <> ALL(:without) AND {_AFFORDABLE}
      AND (p.creator = ANY(:creators) OR p.subjects && :subjects OR p.city = ANY(:cities)
           OR (p.subjects && ARRAY['essential']
               AND (p.genre = ANY(:genres) OR p.era = ANY(:eras))))
    ORDER BY p.creator = ANY(:creators) DESC, p.genre = ANY(:genres) DESC NULLS LAST,
             p.subjects && ARRAY['essential'] DESC, d.distance
    LIMIT {DEEP}
),
wanted AS (
    SELECT product_id FROM dense UNION SELECT product_id FROM worded
    UNION SELECT product_id FROM named
)
{_FACTS}, coalesce(dense.distance, named.distance) AS distance,
       dense.place AS dense_place, worded.place AS word_place
FROM products p
LEFT JOIN dense ON dense.product_id = p.id
LEFT JOIN worded ON worded.product_id = p.id
LEFT JOIN named ON named.product_id = p.id
{_SAID}
WHERE p.id = ANY(ARRAY(SELECT product_id FROM wanted)) AND p.stock > 0 AND p.id <> ALL(:without)
  AND {_AFFORDABLE}
"""  # noqa: S608 - the model's name is quoted, all else are constants
    )


def neighbouring(model: str, vector: Vectors | None) -> TextClause:
    """Return the query for products of other kinds that share a theme or a place."""
    return text(
        f"""
{_FACTS}, d.distance, NULL AS dense_place, NULL AS word_place
FROM products p {_distance(model, vector)} {_SAID}
WHERE p.stock > 0 AND p.id <> ALL(:without) AND p.kind <> ALL(:kinds) AND {_AFFORDABLE}
  AND (p.subjects && :subjects OR p.city = ANY(:cities) OR p.country = ANY(:countries))
ORDER BY p.subjects && :subjects DESC, p.city = ANY(:cities) DESC NULLS LAST, d.distance
LIMIT {DEEP}
"""
    )


def _nearest(model: str, vector: Vectors | None) -> str:
    if vector is None:
        return "SELECT NULL::uuid AS text_id, NULL::float AS distance WHERE false"
    away = _away(vector)
    # The model stands in the text: only then does PostgreSQL use the model's own index.
    return (
        f"SELECT v.text_id, {away} AS distance FROM product_vectors v"  # noqa: S608
        f" WHERE v.model = {_quoted(model)} ORDER BY {away} LIMIT {DEEP}"
    )


def _distance(model: str, vector: Vectors | None) -> str:
    if vector is None:
        return "CROSS JOIN LATERAL (SELECT NULL::float AS distance) AS d"
    return (
        f"CROSS JOIN LATERAL (SELECT min({_away(vector)}) AS distance FROM product_texts t"  # noqa: S608
        f" JOIN product_vectors v ON v.text_id = t.id AND v.model = {_quoted(model)}"
        " WHERE t.product_id = p.id) AS d"
    )


def _away(vector: Vectors) -> str:
    size = f"halfvec({len(vector)})"
    return rf"(v.vector\:\:{size} <=> CAST(:vector AS {size}))"


def _quoted(model: str) -> str:
    return "'" + model.replace("'", "''").replace(":", r"\:") + "'"
