SELECT c.id AS conversation_id, c.channel, c.language, coalesce(h.claimed_at, c.created_at) AS at,
       extract(epoch FROM :now - coalesce(h.claimed_at, c.created_at)) AS value
FROM conversations c
LEFT JOIN handoffs h ON h.conversation_id = c.id AND h.ended_at IS NULL
WHERE c.handler = 'agent'
