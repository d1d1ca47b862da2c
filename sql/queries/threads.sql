-- The threads of a chat; `starter` is who wrote the message that one hangs on.

-- name: threads
SELECT t.conversation_id, t.id, t.title, t.root_sent_at, t.root_id, t.message_count, t.first_message_at, t.last_message_at,
       r.starter
FROM backscroll.threads AS t
LEFT JOIN LATERAL (
    SELECT p.name AS starter
    FROM backscroll.messages AS m
      JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
    WHERE m.conversation_id = t.conversation_id AND m.sent_at = t.root_sent_at AND m.id = t.root_id
    LIMIT 1
) AS r ON true

-- name: page
-- Threads by their newest message, newest first, after a cursor.
-- include: threads
WHERE t.conversation_id = %(conversation)s::uuid
  AND (coalesce(t.last_message_at, '0001-01-01 00:00+00'), t.id) < (%(last_message_at)s::timestamptz, %(id)s::uuid)
ORDER BY coalesce(t.last_message_at, '0001-01-01 00:00+00') DESC, t.id DESC
LIMIT %(limit)s::int;

-- name: resolve
-- Threads of a chat that a person may mean: by id, by the beginning of an id, or by title.
SELECT t.id, t.title
FROM backscroll.threads AS t
WHERE t.conversation_id = %(conversation)s::uuid
  AND (t.id::text = lower(%(text)s::text) OR t.title = %(text)s::text
       OR (length(%(text)s::text) >= 4 AND starts_with(t.id::text, lower(%(text)s::text))))
ORDER BY (t.id::text = lower(%(text)s::text)) DESC, t.id
LIMIT 20;

-- name: one
-- include: threads
WHERE t.conversation_id = %(conversation)s::uuid AND t.id = %(id)s::uuid;
