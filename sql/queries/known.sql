-- What the archive has already of what an export holds; for imports that write nothing.

-- name: conversations
SELECT c.id FROM backscroll.conversations AS c WHERE c.id = ANY (%(ids)s::uuid[]);

-- name: participants
SELECT p.id
FROM backscroll.participants AS p
WHERE p.conversation_id = ANY (%(conversations)s::uuid[]) AND p.id = ANY (%(ids)s::uuid[]);

-- name: messages
-- At any time, because a corrected zone or order of dates moves messages. Reads whole conversations, of the index alone.
SELECT m.id
FROM backscroll.messages AS m
JOIN unnest(%(ids)s::uuid[]) AS k (id) ON k.id = m.id
WHERE m.conversation_id = ANY (%(conversations)s::uuid[]);
