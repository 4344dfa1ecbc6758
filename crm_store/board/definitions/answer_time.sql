SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       extract(epoch FROM h.claimed_at - h.created_at) AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.claimed_at IS NOT NULL
