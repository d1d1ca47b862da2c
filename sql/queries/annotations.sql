-- Annotations of the present user.

-- name: add
-- Writes an annotation and quotes the message; the same id again changes nothing.
INSERT INTO backscroll.annotations
    (conversation_id, id, user_id, message_sent_at, message_id, quoted_sender, quoted_text, text, category, tags)
SELECT m.conversation_id, %(id)s::uuid, u.id, m.sent_at, m.id, p.name, left(m.body, 400), %(text)s::text,
       %(category)s::text, %(tags)s::text[]
FROM backscroll.messages AS m
JOIN backscroll.users AS u ON u.role = current_user
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
WHERE m.conversation_id = %(conversation)s::uuid AND m.sent_at = %(sent_at)s::timestamptz AND m.id = %(message)s::uuid
ON CONFLICT (conversation_id, id) DO NOTHING;

-- name: is_there
SELECT EXISTS (SELECT FROM backscroll.annotations AS n
                WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid);

-- name: whole
-- An annotation as it is shown; for the queries below.
SELECT n.id, n.conversation_id, coalesce(c.title, n.quoted_conversation) AS conversation, n.message_sent_at, n.message_id,
       n.quoted_sender AS sender, n.quoted_text AS quote, n.text, n.category, n.tags, n.created_at, n.updated_at,
       NOT EXISTS (SELECT FROM backscroll.messages AS m
                    WHERE m.conversation_id = n.conversation_id AND m.sent_at = n.message_sent_at AND m.id = n.message_id)
       AS is_gone,
       n.span_start, n.span_end, n.end_sent_at, n.end_message_id, n.codes, n.author, n.version, n.last_write, n.conflicts_with
FROM backscroll.annotations AS n
LEFT JOIN backscroll.conversations AS c ON c.id = n.conversation_id

-- name: of_message
-- The annotations of one message, oldest first.
-- include: whole
WHERE n.conversation_id = %(conversation)s::uuid AND n.message_id = %(message)s::uuid AND n.deleted_at IS NULL
ORDER BY n.created_at, n.id;

-- name: of_messages
-- The annotations of some messages, oldest first.
-- include: whole
JOIN unnest(%(conversations)s::uuid[], %(messages)s::uuid[]) AS k (conversation_id, message_id)
  ON k.conversation_id = n.conversation_id AND k.message_id = n.message_id
WHERE n.deleted_at IS NULL
ORDER BY n.created_at, n.id;

-- name: page
-- Newest first, after a cursor; %(conversation)s narrows to one chat.
-- include: whole
WHERE n.deleted_at IS NULL
  AND (n.created_at, n.id) < (%(created_at)s::timestamptz, %(id)s::uuid)
  AND (%(conversation)s::uuid IS NULL OR n.conversation_id = %(conversation)s::uuid)
ORDER BY n.created_at DESC, n.id DESC
LIMIT %(limit)s::int;
