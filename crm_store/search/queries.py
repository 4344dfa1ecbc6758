"""The search's SQL: what was said, whose it is, and how it is narrowed."""

from typing import Final

from sqlalchemy import TextClause, text

from crm_store.conversations.models import SEARCHABLE
from crm_store.search.models import MARK_BEGINS, MARK_ENDS

MOST: Final = 50
MOST_CUSTOMERS: Final = 100
"""Of one name, whose conversations are looked at."""

_OF_MESSAGES: Final = {
    "author": "messages.author = :author",
    "since": "messages.created_at >= :since",
    "until": "messages.created_at < :until",
}
_HANDOFFS = "SELECT FROM handoffs h WHERE h.conversation_id = c.id AND"
_OF_CONVERSATIONS: Final = {
    "language": "c.language = :language",
    "channel": "c.channel = :channel",
    "agent": f"EXISTS ({_HANDOFFS} h.agent_id = :agent)",
    "code": f"EXISTS ({_HANDOFFS} (h.code = :code OR starts_with(h.code, :code || '/')))",
}

# In both languages, for people mix them.
_SOUGHT = """
    websearch_to_tsquery('german', :words) || websearch_to_tsquery('english', :words)
"""
# The word that is still being typed is found by its beginning.
_SOUGHT_SO_FAR = f"""{_SOUGHT}
    || ((websearch_to_tsquery('german', :before) || websearch_to_tsquery('english', :before))
        && to_tsquery('simple', :begun))
"""
# Not by the order in time: for a rare word, the whole table would be read before it is found.
_SAID = """
    SELECT messages.conversation_id, messages.seq, messages.created_at
    FROM messages, sought
    WHERE {searchable} @@ sought.query AND messages.kind IN ('said', 'chosen', 'note') {narrowed}
"""
_NAMED = """
    SELECT k.id FROM customers k
    WHERE upper(k.number) = upper(:words)
       OR concat_ws(' ', k.given_name, k.family_name) ILIKE '%' || :literally || '%'
    LIMIT {most}
"""
_NEWEST_OF_NAMED = """
    SELECT t.id AS conversation_id, newest.seq, newest.created_at, 0 AS times
    FROM named JOIN conversations t ON t.customer_id = named.id
    CROSS JOIN LATERAL (
        SELECT messages.seq, messages.created_at FROM messages
        WHERE messages.conversation_id = t.id AND messages.kind IN ('said', 'chosen') {narrowed}
        ORDER BY messages.seq DESC LIMIT 1
    ) AS newest
"""
_EXCERPT = f"""
    ts_headline(
        CASE c.language WHEN 'de' THEN 'german'::regconfig ELSE 'english' END,
        m.text, sought.query,
        'StartSel={MARK_BEGINS}, StopSel={MARK_ENDS}, MaxWords=30, MinWords=15, ShortWord=0'
    )
"""


def finding(given: set[str], *, begun: bool) -> TextClause:
    """Return the query, narrowed by what is given."""
    of_messages = _all(_OF_MESSAGES, given)
    of_conversations = _all(_OF_CONVERSATIONS, given)
    return text(
        f"""
WITH sought AS MATERIALIZED (SELECT {_SOUGHT_SO_FAR if begun else _SOUGHT} AS query),
said AS MATERIALIZED ({_SAID.format(searchable=SEARCHABLE, narrowed=of_messages)}),
named AS MATERIALIZED ({_NAMED.format(most=MOST_CUSTOMERS)}),
either AS (
    SELECT DISTINCT ON (conversation_id) conversation_id, seq, created_at,
           count(*) OVER (PARTITION BY conversation_id) AS times
    FROM said ORDER BY conversation_id, seq DESC
),
found AS (
    SELECT * FROM either
    UNION ALL
    SELECT * FROM ({_NEWEST_OF_NAMED.format(narrowed=of_messages)}) AS theirs
    WHERE NOT EXISTS (SELECT FROM either e WHERE e.conversation_id = theirs.conversation_id)
),
best AS (
    SELECT found.* FROM found JOIN conversations c ON c.id = found.conversation_id
    WHERE true {of_conversations}
    ORDER BY found.created_at DESC, found.conversation_id LIMIT {MOST}
)
SELECT c.id AS conversation, c.channel, c.language, c.handler,
       nullif(concat_ws(' ', k.given_name, k.family_name), '') AS name,
       a.name AS agent, h.code, best.seq, m.author, m.created_at AS at,
       {_EXCERPT} AS excerpt, best.times
FROM best JOIN conversations c ON c.id = best.conversation_id
JOIN messages m ON m.conversation_id = best.conversation_id AND m.seq = best.seq
CROSS JOIN sought
LEFT JOIN customers k ON k.id = c.customer_id
LEFT JOIN LATERAL (
    SELECT h.code, h.agent_id FROM handoffs h WHERE h.conversation_id = c.id
    ORDER BY h.created_at DESC LIMIT 1
) AS h ON true
LEFT JOIN agents a ON a.id = h.agent_id
ORDER BY best.created_at DESC, best.conversation_id
"""  # noqa: S608 - all parts are constants
    )


def _all(conditions: dict[str, str], given: set[str]) -> str:
    return "".join(f" AND {sql}" for name, sql in conditions.items() if name in given)
