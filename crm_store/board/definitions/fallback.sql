SELECT c.id AS conversation_id, c.channel, c.language, m.created_at AS at,
       (t.intent = 'nlu_fallback')::int AS value
FROM turns t
JOIN messages m ON m.id = t.message_id
JOIN conversations c ON c.id = t.conversation_id
WHERE t.intent IS NOT NULL AND m.author = 'customer' AND m.kind = 'said'
