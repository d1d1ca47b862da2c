-- The threads of a chat.

-- name: page
-- Threads by their newest message, newest first, after a cursor.
SELECT t.conversation_id, t.id, t.title, t.root_sent_at, t.root_id, t.message_count, t.first_message_at, t.last_message_at
FROM backscroll.threads AS t
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
SELECT t.conversation_id, t.id, t.title, t.root_sent_at, t.root_id, t.message_count, t.first_message_at, t.last_message_at
FROM backscroll.threads AS t
WHERE t.conversation_id = %(conversation)s::uuid AND t.id = %(id)s::uuid;
