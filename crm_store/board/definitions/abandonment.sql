SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       (taken.at IS NULL)::int AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
CROSS JOIN LATERAL (
    SELECT least(min(m.created_at), h.claimed_at) AS at FROM messages m
    WHERE m.conversation_id = c.id AND m.kind = 'claimed'
      AND m.created_at BETWEEN h.created_at AND coalesce(h.ended_at, :now)
) taken
WHERE taken.at IS NOT NULL OR h.ended_at IS NOT NULL
