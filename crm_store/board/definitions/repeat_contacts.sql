SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       (EXISTS (
            SELECT FROM handoffs again
            JOIN conversations other ON other.id = again.conversation_id
            WHERE again.id <> h.id
              AND split_part(again.code, '/', 1) = split_part(h.code, '/', 1)
              AND again.created_at > h.ended_at
              AND again.created_at <= h.ended_at + make_interval(days => :repeat_days)
              AND (other.id = c.id OR other.customer_id = c.customer_id
                   OR other.visitor = c.visitor OR other.caller_hash = c.caller_hash)
        ))::int AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.ended_at IS NOT NULL AND h.code IS NOT NULL
