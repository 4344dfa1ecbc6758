SELECT c.id AS conversation_id, c.channel, c.language, h.created_at AS at,
       (coalesce(h.claimed_at <= h.created_at + make_interval(secs => :answer_seconds), false))::int AS value
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
WHERE h.claimed_at IS NOT NULL
   OR coalesce(h.ended_at, :now) >= h.created_at + make_interval(secs => :answer_seconds)
