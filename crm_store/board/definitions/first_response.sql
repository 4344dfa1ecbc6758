SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       extract(epoch FROM least(written.at, spoken.at) - h.created_at) AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
CROSS JOIN LATERAL (
    SELECT min(m.created_at) AS at FROM messages m
    WHERE m.conversation_id = c.id AND m.author = 'agent' AND m.kind = 'said'
      AND m.created_at BETWEEN h.created_at AND coalesce(h.ended_at, :now)
) written
CROSS JOIN LATERAL (
    SELECT min(l.joined_at) AS at FROM legs l
    WHERE l.conversation_id = c.id AND l.part = 'agent'
      AND l.joined_at BETWEEN h.created_at AND coalesce(h.ended_at, :now)
) spoken
WHERE least(written.at, spoken.at) IS NOT NULL
