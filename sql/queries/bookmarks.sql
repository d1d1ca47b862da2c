-- Bookmarks of the present user.

-- name: add
-- Sets a bookmark and quotes the message; where one is there already, its title and notes are replaced.
INSERT INTO backscroll.bookmarks AS b
    (conversation_id, id, user_id, message_sent_at, message_id, quoted_sender, quoted_text, title, notes)
SELECT m.conversation_id, %(id)s::uuid, u.id, m.sent_at, m.id, p.name, left(m.body, 400), %(title)s::text, %(notes)s::text
FROM backscroll.messages AS m
JOIN backscroll.users AS u ON u.role = current_user
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
WHERE m.conversation_id = %(conversation)s::uuid AND m.sent_at = %(sent_at)s::timestamptz AND m.id = %(message)s::uuid
ON CONFLICT (conversation_id, message_id, user_id) WHERE deleted_at IS NULL AND conflicts_with IS NULL DO UPDATE
    SET title = excluded.title, notes = excluded.notes, version = b.version + 1, updated_at = now()
RETURNING b.id;

-- name: change
-- The newest bookmark of a message that is gone: its title and notes may be written, and it may be brought back.
UPDATE backscroll.bookmarks AS b
SET title = %(title)s::text, notes = %(notes)s::text, deleted_at = NULL, version = b.version + 1, updated_at = now()
WHERE b.id = (
    SELECT o.id
    FROM backscroll.bookmarks AS o
    JOIN backscroll.users AS u ON u.id = o.user_id AND u.role = current_user
    WHERE o.conversation_id = %(conversation)s::uuid AND o.message_id = %(message)s::uuid
    ORDER BY o.deleted_at DESC NULLS FIRST
    LIMIT 1
  ) AND b.conversation_id = %(conversation)s::uuid
RETURNING b.id;

-- name: remove
UPDATE backscroll.bookmarks AS b SET deleted_at = now(), updated_at = now(), version = b.version + 1
FROM backscroll.users AS u
WHERE u.role = current_user AND b.user_id = u.id AND b.deleted_at IS NULL
  AND b.conversation_id = %(conversation)s::uuid AND b.message_id = %(message)s::uuid;

-- name: whole
-- A bookmark of the present user as it is shown; for the queries below.
SELECT b.id, b.conversation_id, coalesce(c.title, b.quoted_conversation) AS conversation, b.message_sent_at, b.message_id,
       b.quoted_sender AS sender, b.quoted_text AS quote, b.title, b.notes, b.created_at, b.updated_at,
       NOT EXISTS (SELECT FROM backscroll.messages AS m
                    WHERE m.conversation_id = b.conversation_id AND m.sent_at = b.message_sent_at AND m.id = b.message_id)
       AS is_gone,
       b.version, b.last_write, b.conflicts_with
FROM backscroll.bookmarks AS b
JOIN backscroll.users AS u ON u.id = b.user_id AND u.role = current_user
LEFT JOIN backscroll.conversations AS c ON c.id = b.conversation_id

-- name: of_message
-- The present user's bookmark of one message.
-- include: whole
WHERE b.conversation_id = %(conversation)s::uuid AND b.message_id = %(message)s::uuid AND b.deleted_at IS NULL
ORDER BY b.conflicts_with NULLS FIRST, b.id;

-- name: of_messages
-- The present user's bookmarks of some messages, without those that wait for a conflict to be settled.
-- include: whole
JOIN unnest(%(conversations)s::uuid[], %(messages)s::uuid[]) AS k (conversation_id, message_id)
  ON k.conversation_id = b.conversation_id AND k.message_id = b.message_id
WHERE b.deleted_at IS NULL AND b.conflicts_with IS NULL;

-- name: page
-- Newest first, after a cursor; %(conversation)s narrows to one chat.
-- include: whole
WHERE b.deleted_at IS NULL
  AND (b.created_at, b.id) < (%(created_at)s::timestamptz, %(id)s::uuid)
  AND (%(conversation)s::uuid IS NULL OR b.conversation_id = %(conversation)s::uuid)
ORDER BY b.created_at DESC, b.id DESC
LIMIT %(limit)s::int;
