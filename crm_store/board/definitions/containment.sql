SELECT c.id AS conversation_id, c.channel, c.language, c.created_at AS at,
       (NOT EXISTS (SELECT FROM handoffs h WHERE h.conversation_id = c.id)
        AND NOT EXISTS (
            SELECT FROM conversations again
            WHERE again.created_at > c.created_at
              AND again.created_at <= last.at + make_interval(hours => :return_hours)
              AND (again.customer_id = c.customer_id OR again.visitor = c.visitor
                   OR again.caller_hash = c.caller_hash)
        ))::int AS value
FROM conversations c
CROSS JOIN LATERAL (
    SELECT max(m.created_at) AS at FROM messages m
    WHERE m.conversation_id = c.id AND m.author = 'customer'
) last
WHERE last.at IS NOT NULL
  AND (c.handler = 'closed' OR last.at <= :now - make_interval(mins => :quiet_minutes))
