SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       extract(epoch FROM h.ended_at - h.claimed_at) AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.claimed_at IS NOT NULL AND h.ended_at IS NOT NULL
