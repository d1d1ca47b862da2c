-- Annotations.

-- name: add
-- Writes an annotation; the same id again changes nothing. Its chat's title is kept only where the chat is gone.
INSERT INTO backscroll.annotations
    (conversation_id, id, user_id, message_sent_at, message_id, quoted_sender, quoted_text, quoted_conversation,
     span_start, span_end, end_sent_at, end_message_id, text, category, tags, codes, author, last_write, conflicts_with,
     words, created_at, updated_at)
SELECT %(conversation)s::uuid, %(id)s::uuid, u.id, %(sent_at)s::timestamptz, %(message)s::uuid, %(sender)s::text,
       left(%(quote)s::text, 400), CASE WHEN c.id IS NULL THEN %(title)s::text END,
       %(span_start)s::int, %(span_end)s::int, %(end_sent_at)s::timestamptz, %(end_message)s::uuid, %(text)s::text,
       %(category)s::text, %(tags)s::text[], %(codes)s::uuid[], %(author)s::text, %(write)s::uuid, %(conflicts_with)s::uuid,
       backscroll.search_vector(%(plain)s::text, %(search_text)s::text, NULL), %(created_at)s::timestamptz,
       %(updated_at)s::timestamptz
FROM backscroll.users AS u
LEFT JOIN backscroll.conversations AS c ON c.id = %(conversation)s::uuid
WHERE u.role = current_user
ON CONFLICT (conversation_id, id) DO NOTHING;

-- name: change
-- Changes the annotation that one has seen, in whatever row it stands; no row where it was changed elsewhere since.
UPDATE backscroll.annotations AS n
SET text = %(text)s::text, category = %(category)s::text, tags = %(tags)s::text[], codes = %(codes)s::uuid[],
    span_start = %(span_start)s::int, span_end = %(span_end)s::int, end_sent_at = %(end_sent_at)s::timestamptz,
    end_message_id = %(end_message)s::uuid, quoted_text = left(%(quote)s::text, 400),
    words = backscroll.search_vector(%(plain)s::text, %(search_text)s::text, NULL),
    version = n.version + 1, last_write = %(write)s::uuid, updated_at = %(updated_at)s::timestamptz
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid AND n.deleted_at IS NULL
-- include: as_seen
;

-- name: as_seen
-- The row is what the person saw: its last write says so, or the version of a row that no write has touched.
  AND CASE WHEN %(seen_write)s::uuid IS NULL THEN n.last_write IS NULL AND n.version = %(seen_version)s::int
           ELSE n.last_write = %(seen_write)s::uuid END

-- name: state
-- Whether an annotation lives, and says already what it should; waits for whoever is changing it.
SELECT n.deleted_at IS NULL,
       (n.text, n.category, n.tags, n.codes, n.span_start, n.span_end, n.end_message_id) IS NOT DISTINCT FROM
       (%(text)s::text, %(category)s::text, %(tags)s::text[], %(codes)s::uuid[], %(span_start)s::int, %(span_end)s::int,
        %(end_message)s::uuid)
FROM backscroll.annotations AS n
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid
FOR UPDATE;

-- name: copy_of
-- What was kept of one's own earlier write when that met a conflict.
SELECT n.id
FROM backscroll.annotations AS n
WHERE n.conversation_id = %(conversation)s::uuid AND n.conflicts_with = %(id)s::uuid
  AND n.last_write = %(seen_write)s::uuid;

-- name: remove
-- Takes away the annotation that one has seen.
UPDATE backscroll.annotations AS n
SET deleted_at = now(), version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid AND n.deleted_at IS NULL
-- include: as_seen
;

-- name: restore
-- What was kept in a conflict is kept in it again.
UPDATE backscroll.annotations AS n
SET deleted_at = NULL, conflicts_with = %(conflicts_with)s::uuid, version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid AND n.deleted_at IS NOT NULL;

-- name: stand_alone
-- What was kept in a conflict becomes an annotation like any other.
UPDATE backscroll.annotations AS n
SET conflicts_with = NULL, version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid AND n.deleted_at IS NULL;

-- name: remove_copy
-- Takes away what was kept in a conflict, once that is settled.
UPDATE backscroll.annotations AS n
SET deleted_at = now(), version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE n.conversation_id = %(conversation)s::uuid AND n.id = %(id)s::uuid AND n.deleted_at IS NULL
  AND n.conflicts_with IS NOT NULL;

-- name: whole
-- An annotation as it is shown; for the queries below.
SELECT n.id, n.conversation_id, coalesce(c.title, n.quoted_conversation) AS conversation, n.message_sent_at, n.message_id,
       n.quoted_sender AS sender, n.quoted_text AS quote, n.text, n.category, n.tags, n.created_at, n.updated_at,
       -- Not EXISTS: a page would read the keys of all messages there are, and look its own up in them.
       (SELECT true FROM backscroll.messages AS m
         WHERE m.conversation_id = n.conversation_id AND m.sent_at = n.message_sent_at AND m.id = n.message_id
         LIMIT 1) IS NULL AS is_gone,
       n.span_start, n.span_end, n.end_sent_at, n.end_message_id, n.codes, n.author, n.version, n.last_write, n.conflicts_with
FROM backscroll.annotations AS n
LEFT JOIN backscroll.conversations AS c ON c.id = n.conversation_id

-- name: of_message
-- The annotations of one message and those of the runs that it is part of, oldest first.
-- include: whole
WHERE n.conversation_id = %(conversation)s::uuid AND n.deleted_at IS NULL AND n.message_id = %(message)s::uuid
UNION ALL
-- include: whole
WHERE n.conversation_id = %(conversation)s::uuid AND n.deleted_at IS NULL AND n.end_message_id IS NOT NULL
  AND (n.message_sent_at, n.message_id) < (%(sent_at)s::timestamptz, %(message)s::uuid)
  AND (n.end_sent_at, n.end_message_id) >= (%(sent_at)s::timestamptz, %(message)s::uuid)
ORDER BY created_at, id;

-- name: of_messages
-- The annotations of some messages, oldest first.
-- include: whole
JOIN unnest(%(conversations)s::uuid[], %(messages)s::uuid[]) AS k (conversation_id, message_id)
  ON k.conversation_id = n.conversation_id AND k.message_id = n.message_id
WHERE n.deleted_at IS NULL
ORDER BY n.created_at, n.id;

-- name: some
-- Some by their ids, those that were taken away too.
-- include: whole
JOIN unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id)
  ON k.conversation_id = n.conversation_id AND k.id = n.id;

-- name: removed
-- Which of some were taken away.
SELECT n.id
FROM backscroll.annotations AS n
JOIN unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id)
  ON k.conversation_id = n.conversation_id AND k.id = n.id
WHERE n.deleted_at IS NOT NULL;

-- name: chats
-- The chats with annotations that bear one of %(codes)s (null: with any), by title, each with how many these are.
SELECT n.conversation_id, coalesce(c.title, max(n.quoted_conversation), '') AS title, count(*) AS notes
FROM backscroll.annotations AS n
LEFT JOIN backscroll.conversations AS c ON c.id = n.conversation_id
WHERE n.deleted_at IS NULL
  AND (%(conversation)s::uuid IS NULL OR n.conversation_id = %(conversation)s::uuid)
  AND (%(codes)s::uuid[] IS NULL OR n.codes && %(codes)s::uuid[])
GROUP BY n.conversation_id, c.title
ORDER BY title, n.conversation_id;

-- name: of_chat
-- Those of one chat in the order of its messages, after a cursor of place and id, narrowed as above.
-- include: whole
WHERE n.deleted_at IS NULL AND n.conversation_id = %(conversation)s::uuid
  AND (n.message_sent_at, n.message_id, n.id) > (%(sent_at)s::timestamptz, %(message)s::uuid, %(id)s::uuid)
  AND n.message_sent_at >= %(sent_at)s::timestamptz
  AND (%(codes)s::uuid[] IS NULL OR n.codes && %(codes)s::uuid[])
ORDER BY n.message_sent_at, n.message_id, n.id
LIMIT %(limit)s::int;

-- name: newest
-- A page of a list: the newest first, after a cursor of the time of writing and the id.
-- include: whole
WHERE n.deleted_at IS NULL
  AND (n.created_at, n.id) < (%(created_at)s::timestamptz, %(id)s::uuid)
-- include: chosen
ORDER BY n.created_at DESC, n.id DESC
LIMIT %(limit)s::int;

-- name: by_place
-- The same in the order of their messages, after a cursor of place and id.
-- include: whole
WHERE n.deleted_at IS NULL
  AND (n.message_sent_at, n.conversation_id, n.message_id, n.id)
    > (%(sent_at)s::timestamptz, %(conversation)s::uuid, %(message)s::uuid, %(id)s::uuid)
-- include: chosen
ORDER BY n.message_sent_at, n.conversation_id, n.message_id, n.id
LIMIT %(limit)s::int;

-- name: chosen
-- What a list is narrowed to; null leaves everything in. It is planned for its values, and so costs nothing that is not asked.
  AND (%(chat)s::uuid IS NULL OR n.conversation_id = %(chat)s::uuid)
  AND (%(codes)s::uuid[] IS NULL OR n.codes && %(codes)s::uuid[] OR n.category = ANY (%(categories)s::text[]))
  AND (%(tags)s::text[] IS NULL OR n.tags && %(tags)s::text[])
  AND (%(author)s::text IS NULL OR n.author = %(author)s::text)
  AND (%(words)s::text IS NULL OR n.words @@ (%(words)s::text)::tsquery)

-- name: named
-- One by its id alone.
-- include: whole
WHERE n.id = %(id)s::uuid AND n.deleted_at IS NULL;
