-- Bookmarks of the present user.

-- name: lock
-- Writes to bookmarks of one person go one after another, so that two machines set one bookmark and not two.
SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user FOR NO KEY UPDATE;

-- name: living
-- The bookmark of a message, whether it is what the person saw, and whether it says already what it should.
SELECT b.id,
       CASE WHEN %(seen_write)s::uuid IS NULL THEN b.last_write IS NULL AND b.version = %(seen_version)s::int
            ELSE b.last_write = %(seen_write)s::uuid END AS is_as_seen,
       b.title = %(title)s::text AND b.notes = %(notes)s::text AS is_same
FROM backscroll.bookmarks AS b
WHERE b.conversation_id = %(conversation)s::uuid AND b.message_id = %(message)s::uuid AND b.user_id = %(user)s::uuid
  AND b.deleted_at IS NULL AND b.conflicts_with IS NULL;

-- name: copy_of
-- What was kept of one's own earlier write when that met a conflict.
SELECT b.id
FROM backscroll.bookmarks AS b
WHERE b.conversation_id = %(conversation)s::uuid AND b.message_id = %(message)s::uuid AND b.user_id = %(user)s::uuid
  AND b.deleted_at IS NULL AND b.conflicts_with IS NOT NULL AND b.last_write = %(seen_write)s::uuid;

-- name: add
-- Sets a bookmark; one with this id that was taken away is brought back. Its chat's title is kept only where that is gone.
INSERT INTO backscroll.bookmarks AS b
    (conversation_id, id, user_id, message_sent_at, message_id, quoted_sender, quoted_text, quoted_conversation, title,
     notes, last_write, conflicts_with, words, created_at, updated_at)
SELECT %(conversation)s::uuid, %(id)s::uuid, %(user)s::uuid, %(sent_at)s::timestamptz, %(message)s::uuid,
       %(sender)s::text, left(%(quote)s::text, 400),
       CASE WHEN NOT EXISTS (SELECT FROM backscroll.conversations AS c WHERE c.id = %(conversation)s::uuid)
            THEN %(chat_title)s::text END,
       %(title)s::text, %(notes)s::text, %(write)s::uuid, %(conflicts_with)s::uuid,
       backscroll.search_vector(%(plain)s::text, %(search_text)s::text, NULL), %(created_at)s::timestamptz,
       %(updated_at)s::timestamptz
ON CONFLICT (conversation_id, id) DO UPDATE
    SET title = excluded.title, notes = excluded.notes, words = excluded.words, deleted_at = NULL,
        version = b.version + 1, last_write = excluded.last_write, updated_at = excluded.updated_at;

-- name: change
UPDATE backscroll.bookmarks AS b
SET title = %(title)s::text, notes = %(notes)s::text,
    words = backscroll.search_vector(%(plain)s::text, %(search_text)s::text, NULL),
    version = b.version + 1, last_write = %(write)s::uuid, updated_at = %(updated_at)s::timestamptz
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid;

-- name: remove
UPDATE backscroll.bookmarks AS b
SET deleted_at = now(), updated_at = now(), version = b.version + 1, last_write = %(write)s::uuid
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid;

-- name: last_removed
-- The bookmark that was last taken away from a message.
SELECT b.id
FROM backscroll.bookmarks AS b
WHERE b.conversation_id = %(conversation)s::uuid AND b.message_id = %(message)s::uuid AND b.user_id = %(user)s::uuid
  AND b.deleted_at IS NOT NULL AND b.conflicts_with IS NULL
ORDER BY b.deleted_at DESC, b.id DESC
LIMIT 1;

-- name: restore
UPDATE backscroll.bookmarks AS b
SET deleted_at = NULL, updated_at = now(), version = b.version + 1, last_write = %(write)s::uuid
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid;

-- name: restore_copy
-- What was kept in a conflict is kept in it again.
UPDATE backscroll.bookmarks AS b
SET deleted_at = NULL, conflicts_with = %(conflicts_with)s::uuid, updated_at = now(), version = b.version + 1,
    last_write = %(write)s::uuid
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid AND b.deleted_at IS NOT NULL;

-- name: remove_copy
-- Takes away what was kept in a conflict, once that is settled.
UPDATE backscroll.bookmarks AS b
SET deleted_at = now(), version = b.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid AND b.deleted_at IS NULL
  AND b.conflicts_with IS NOT NULL;

-- name: stand_alone
-- What was kept in a conflict becomes the bookmark of its message, where that has none.
UPDATE backscroll.bookmarks AS b
SET conflicts_with = NULL, version = b.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE b.conversation_id = %(conversation)s::uuid AND b.id = %(id)s::uuid AND b.deleted_at IS NULL;

-- name: whole
-- A bookmark of the present user as it is shown; for the queries below.
SELECT b.id, b.conversation_id, coalesce(c.title, b.quoted_conversation) AS conversation, b.message_sent_at, b.message_id,
       b.quoted_sender AS sender, b.quoted_text AS quote, b.title, b.notes, b.created_at, b.updated_at,
       -- Not EXISTS: a page would read the keys of all messages there are, and look its own up in them.
       (SELECT true FROM backscroll.messages AS m
         WHERE m.conversation_id = b.conversation_id AND m.sent_at = b.message_sent_at AND m.id = b.message_id
         LIMIT 1) IS NULL AS is_gone,
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

-- name: some
-- Some by their ids, those that were taken away too.
-- include: whole
JOIN unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id)
  ON k.conversation_id = b.conversation_id AND k.id = b.id;

-- name: removed
-- Which of some were taken away.
SELECT b.id
FROM backscroll.bookmarks AS b
JOIN unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id)
  ON k.conversation_id = b.conversation_id AND k.id = b.id
WHERE b.deleted_at IS NOT NULL;

-- name: chats
-- The chats with bookmarks of the present user, by title, each with how many these are.
SELECT b.conversation_id, coalesce(c.title, max(b.quoted_conversation), '') AS title, count(*) AS notes
FROM backscroll.bookmarks AS b
JOIN backscroll.users AS u ON u.id = b.user_id AND u.role = current_user
LEFT JOIN backscroll.conversations AS c ON c.id = b.conversation_id
WHERE b.deleted_at IS NULL AND (%(conversation)s::uuid IS NULL OR b.conversation_id = %(conversation)s::uuid)
GROUP BY b.conversation_id, c.title
ORDER BY title, b.conversation_id;

-- name: of_chat
-- Those of one chat in the order of its messages, after a cursor of place and id.
-- include: whole
WHERE b.deleted_at IS NULL AND b.conversation_id = %(conversation)s::uuid
  AND (b.message_sent_at, b.message_id, b.id) > (%(sent_at)s::timestamptz, %(message)s::uuid, %(id)s::uuid)
  AND b.message_sent_at >= %(sent_at)s::timestamptz
ORDER BY b.message_sent_at, b.message_id, b.id
LIMIT %(limit)s::int;

-- name: newest
-- A page of a list: the newest first, after a cursor of the time of writing and the id.
-- include: whole
WHERE b.deleted_at IS NULL
  AND (b.created_at, b.id) < (%(created_at)s::timestamptz, %(id)s::uuid)
-- include: chosen
ORDER BY b.created_at DESC, b.id DESC
LIMIT %(limit)s::int;

-- name: by_place
-- The same in the order of their messages, after a cursor of place and id.
-- include: whole
WHERE b.deleted_at IS NULL
  AND (b.message_sent_at, b.conversation_id, b.message_id, b.id)
    > (%(sent_at)s::timestamptz, %(conversation)s::uuid, %(message)s::uuid, %(id)s::uuid)
-- include: chosen
ORDER BY b.message_sent_at, b.conversation_id, b.message_id, b.id
LIMIT %(limit)s::int;

-- name: chosen
-- What a list is narrowed to; null leaves everything in.
  AND (%(chat)s::uuid IS NULL OR b.conversation_id = %(chat)s::uuid)
  AND (%(words)s::text IS NULL OR b.words @@ (%(words)s::text)::tsquery)

-- name: named
-- One by its id alone.
-- include: whole
WHERE b.id = %(id)s::uuid AND b.deleted_at IS NULL;
