SELECT c.id AS conversation_id, c.channel, c.language, m.created_at AS at, 1 AS value,
       lower(btrim(m.text)) AS sentence
FROM turns t
JOIN messages m ON m.id = t.message_id
JOIN conversations c ON c.id = t.conversation_id
WHERE t.intent IN ('nlu_fallback', 'out_of_scope') AND m.author = 'customer' AND m.kind = 'said'
