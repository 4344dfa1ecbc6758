"""The SQL by which interests are observed and concluded."""

from sqlalchemy import text

_LEFT = """
    interests.strength * power(2.0, -least(
        extract(epoch FROM greatest(:at - interests.learned_at, interval '0')) / :half_life, 60))
"""
"""As in `strength_now`; beyond sixty half-lives PostgreSQL would complain of an underflow."""

_TITLE = """
CROSS JOIN LATERAL (
    SELECT t.title FROM product_texts t WHERE t.product_id = p.id
    ORDER BY t.language = c.language DESC LIMIT 1
) AS said
"""

_COLUMNS = """
    id, created_at, customer_id, product_id, facet, source, text, language, strength, learned_at,
    message_id, event_id
"""

OBSERVE = text(
    f"""
INSERT INTO interests ({_COLUMNS})
SELECT gen_random_uuid(), :at, c.id, p.id, NULL, :source, said.title, c.language, :strength, :at,
       CAST(:message AS uuid), CAST(:event AS bigint)
FROM customers c JOIN products p ON p.id = :product {_TITLE}
WHERE c.id = :customer
ON CONFLICT (customer_id, product_id, source) WHERE source <> 'stated' DO UPDATE SET
    strength = least(1.0, {_LEFT} + excluded.strength),
    learned_at = greatest(interests.learned_at, excluded.learned_at),
    text = excluded.text, message_id = excluded.message_id, event_id = excluded.event_id
RETURNING id
"""  # noqa: S608 - constants alone
)
"""Adds what was seen to what is left of having seen it before."""

_REFRESHED = """
    strength = excluded.strength, learned_at = excluded.learned_at, text = excluded.text,
    message_id = coalesce(excluded.message_id, interests.message_id)
WHERE interests.forgotten_at IS NULL
  AND (interests.strength, interests.learned_at) IS DISTINCT FROM
      (excluded.strength, excluded.learned_at)
"""

_INFERRED = """
    SELECT customer_id, language, NULL::uuid AS product_id, '{facet}' AS facet, {facet} AS text,
           'inferred' AS source, max(placed_at) AS learned_at,
           1 - power(1 - :inferred, count(DISTINCT product_id) - :infer_from + 1) AS strength
    FROM lines WHERE NOT returned AND {facet} IS NOT NULL
    GROUP BY customer_id, language, {facet} HAVING count(DISTINCT product_id) >= :infer_from
"""

LEARN_FROM_ORDERS = text(
    f"""
WITH back AS (
    SELECT r.order_id, l.sku, max(r.created_at) AS at
    FROM returns r JOIN return_lines l ON l.return_id = r.id
    WHERE r.customer_id = ANY(:customers) AND r.state <> 'rejected' GROUP BY r.order_id, l.sku
),
lines AS (
    SELECT o.customer_id, c.language, l.product_id, said.title, p.creator, p.genre, o.placed_at,
           back.at IS NOT NULL OR o.state = 'returned' AS returned,
           coalesce(back.at, o.placed_at) AS ended_at
    FROM orders o
    JOIN customers c ON c.id = o.customer_id
    JOIN order_lines l ON l.order_id = o.id
    JOIN products p ON p.id = l.product_id
    LEFT JOIN back ON back.order_id = o.id AND back.sku = l.sku
    {_TITLE}
    WHERE o.customer_id = ANY(:customers) AND o.state <> 'cancelled'
),
facts AS (
    SELECT customer_id, language, product_id, NULL AS facet, title AS text,
           CASE WHEN returned THEN 'returned' ELSE 'bought' END AS source,
           max(ended_at) AS learned_at,
           CASE WHEN returned THEN CAST(:returned AS float) ELSE CAST(:bought AS float) END
               AS strength
    FROM lines GROUP BY customer_id, language, product_id, title, returned
    UNION ALL {_INFERRED.format(facet="creator")}
    UNION ALL {_INFERRED.format(facet="genre")}
),
gone AS (
    DELETE FROM interests i
    WHERE i.customer_id = ANY(:customers) AND i.source IN ('bought', 'returned', 'inferred')
      AND i.forgotten_at IS NULL AND NOT EXISTS (
          SELECT FROM facts f WHERE f.customer_id = i.customer_id AND f.source = i.source
             AND (f.product_id = i.product_id OR f.facet = i.facet AND f.text = i.text))
),
observed AS (
    INSERT INTO interests ({_COLUMNS})
    SELECT gen_random_uuid(), :at, customer_id, product_id, NULL, source, text, language, strength,
           learned_at, CAST(:message AS uuid), NULL
    FROM facts WHERE facet IS NULL
    ON CONFLICT (customer_id, product_id, source) WHERE source <> 'stated'
    DO UPDATE SET {_REFRESHED}
)
INSERT INTO interests ({_COLUMNS})
SELECT gen_random_uuid(), :at, customer_id, NULL, facet, source, text, language, strength,
       learned_at, CAST(:message AS uuid), NULL
FROM facts WHERE facet IS NOT NULL
ON CONFLICT (customer_id, facet, text, source) WHERE source = 'inferred'
DO UPDATE SET {_REFRESHED}
"""  # noqa: S608 - constants alone
)
"""Makes what is known from purchases agree with the orders and returns of some customers.

An inferred strength is 1 - (1 - s) ** (n - n0 + 1) for n different products, n0 being the fewest
that count: the policy's s for these, and nearer to 1 with each more.
"""
