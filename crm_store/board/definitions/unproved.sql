SELECT c.id AS conversation_id, c.channel, c.language, o.created_at AS at,
       (o.used_at IS NULL)::int AS value
FROM one_time_codes o
JOIN conversations c ON c.id = o.conversation_id
WHERE o.purpose = 'identity' AND (o.used_at IS NOT NULL OR o.expires_at <= :now)
