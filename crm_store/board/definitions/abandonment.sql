SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       (h.claimed_at IS NULL)::int AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.claimed_at IS NOT NULL OR h.ended_at IS NOT NULL
