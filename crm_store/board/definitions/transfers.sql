SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       (EXISTS (
            SELECT FROM messages m
            WHERE m.conversation_id = c.id AND m.kind = 'transferred'
              AND m.created_at BETWEEN h.claimed_at AND coalesce(h.ended_at, :now)
        ))::int AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.claimed_at IS NOT NULL
