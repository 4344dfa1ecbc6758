SELECT c.id AS conversation_id, c.channel, c.language, m.created_at AS at, c.rating AS value
FROM conversations c
JOIN messages m ON m.conversation_id = c.id AND m.kind = 'rated'
WHERE c.rating IS NOT NULL
