-- What a batch of a live source does beyond one of an export: the source is right, so that what it has changed is changed
-- here in any way, and what it has no more is deleted. What went is in `gone`, as when a run is taken back (undoing.sql), so that
-- figures follow in the same way.

-- name: raise
-- Messages that the source had no more and has again come in anew; notes on them are led to them.
DELETE FROM backscroll.messages AS m
USING pg_temp.staged AS s
WHERE m.deleted_at IS NOT NULL AND m.conversation_id = ANY (%(conversations)s::uuid[])
  AND m.conversation_id = s.conversation_id AND m.id = s.id;

-- name: is_newer
-- The source says something else of it.
(m.body, m.kind, m.is_edited, m.is_deleted, m.edited_at, m.parent_id, m.raw)
    IS DISTINCT FROM (s.body, s.kind, s.is_edited, s.is_deleted, s.edited_at, s.parent_id, s.raw)

-- name: is_elsewhen
-- It stands at another place, in time, thread or by sender.
(m.sent_at, m.sender_id, m.thread_id) IS DISTINCT FROM (s.sent_at, s.sender_id, s.thread_id)

-- name: find_known
INSERT INTO pg_temp.known (conversation_id, sent_at, id, is_newer, is_elsewhen)
SELECT m.conversation_id, m.sent_at, m.id,
    -- include: is_newer
    ,
    -- include: is_elsewhen
FROM backscroll.messages AS m
JOIN pg_temp.staged AS s ON s.conversation_id = m.conversation_id AND s.id = m.id
WHERE m.conversation_id = ANY (%(conversations)s::uuid[])
  AND m.sent_at >= %(since)s::timestamptz - interval '2 days' AND m.sent_at <= %(until)s::timestamptz + interval '2 days';

-- name: weigh
-- What storing the staged messages would bring, by chats: how many are new, changed and as they are. New is also what was taken
-- out before it comes in anew: what was gone, and what stands at another day (`moved`).
SELECT w.conversation_id, count(*) FILTER (WHERE NOT w.is_known) AS new, count(*) FILTER (WHERE w.is_known AND w.is_changed) AS changed,
       count(*) FILTER (WHERE w.is_known AND NOT w.is_changed) AS alike
FROM (
    SELECT s.conversation_id, m.id IS NOT NULL AS is_known,
        -- include: is_newer
        OR
        -- include: is_elsewhen
        AS is_changed
    FROM pg_temp.staged AS s
    LEFT JOIN backscroll.messages AS m
      ON m.conversation_id = s.conversation_id AND m.id = s.id AND m.deleted_at IS NULL
     AND m.conversation_id = ANY (%(conversations)s::uuid[]) AND m.id <> ALL (%(moved)s::uuid[])
     AND m.sent_at >= %(since)s::timestamptz - interval '2 days' AND m.sent_at <= %(until)s::timestamptz + interval '2 days'
) AS w
GROUP BY w.conversation_id;

-- name: take_moved
-- What stands at another place comes in anew; its earlier texts stay with it.
WITH taken AS (
    DELETE FROM backscroll.messages AS m
    USING pg_temp.known AS k
    WHERE k.is_elsewhen AND m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at AND m.id = k.id
    RETURNING m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id
)
INSERT INTO pg_temp.gone (conversation_id, sent_at, id, sender_id, thread_id, is_counted)
SELECT t.conversation_id, t.sent_at, t.id, t.sender_id, t.thread_id, true FROM taken AS t;

-- name: forget_moved
DELETE FROM pg_temp.known AS k WHERE k.is_elsewhen;

-- name: move_versions
UPDATE backscroll.message_versions AS v SET message_sent_at = s.sent_at
FROM pg_temp.gone AS g
JOIN pg_temp.staged AS s ON s.conversation_id = g.conversation_id AND s.id = g.id
WHERE v.conversation_id = g.conversation_id AND v.message_id = g.id;

-- name: drop_attachments
-- Files that the source does not name so any more.
DELETE FROM backscroll.attachments AS a
USING pg_temp.staged AS s
WHERE a.conversation_id = s.conversation_id AND a.message_id = s.id
  AND NOT EXISTS (SELECT FROM pg_temp.staged_attachments AS n
                   WHERE n.conversation_id = a.conversation_id AND n.message_id = a.message_id AND n.position = a.position
                     AND (n.file_name, n.mime_type, n.size, n.path) IS NOT DISTINCT FROM (a.file_name, a.mime_type, a.size, a.path));

-- name: drop_reactions
-- Reactions that were withdrawn, and those of messages that stand elsewhere now.
DELETE FROM backscroll.reactions AS r
USING pg_temp.staged AS s
WHERE r.conversation_id = s.conversation_id AND r.message_id = s.id
  AND (r.message_sent_at <> s.sent_at
       OR NOT EXISTS (SELECT FROM pg_temp.staged_reactions AS n
                       WHERE n.conversation_id = r.conversation_id AND n.message_id = r.message_id AND n.emoji = r.emoji
                         AND n.participant_id IS NOT DISTINCT FROM r.participant_id AND n.count IS NOT DISTINCT FROM r.count));

-- name: update_messages
UPDATE backscroll.messages AS m
SET body = s.body, search_text = s.search_text, search = s.search, kind = s.kind, parent_id = s.parent_id,
    parent_sent_at = s.parent_sent_at, is_edited = s.is_edited, is_deleted = s.is_deleted, edited_at = s.edited_at, raw = s.raw
FROM pg_temp.known AS k
JOIN pg_temp.staged AS s ON s.conversation_id = k.conversation_id AND s.id = k.id
WHERE k.is_newer AND m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at AND m.id = k.id
  AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz;

-- name: update_conversations
UPDATE backscroll.conversations AS c
SET updated_at = now(),
    last_text = CASE WHEN c.last_message_id = k.id THEN left(s.body, 160) ELSE c.last_text END,
    last_kind = CASE WHEN c.last_message_id = k.id THEN s.kind ELSE c.last_kind END
FROM (SELECT DISTINCT ON (o.conversation_id) o.conversation_id, o.id
        FROM pg_temp.known AS o
        JOIN backscroll.conversations AS d ON d.id = o.conversation_id
       WHERE o.is_newer
       ORDER BY o.conversation_id, o.id = d.last_message_id DESC) AS k
JOIN pg_temp.staged AS s ON s.conversation_id = k.conversation_id AND s.id = k.id
WHERE c.id = k.conversation_id;

-- name: touch_conversations
-- So that an open screen looks again where only a reaction or a file has changed.
UPDATE backscroll.conversations AS c SET updated_at = now()
WHERE c.id = ANY (%(conversations)s::uuid[]);

-- name: change_days
-- What is counted of these days is counted again.
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.sent_at AT TIME ZONE 'UTC')::date AS day FROM pg_temp.known AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: follow_names
-- People may have come to be called otherwise.
UPDATE backscroll.conversations AS c SET last_sender = p.name, updated_at = now()
FROM backscroll.messages AS m, backscroll.participants AS p
WHERE c.id = ANY (%(conversations)s::uuid[]) AND p.conversation_id = c.id AND p.id = ANY (%(ids)s::uuid[])
  AND m.conversation_id = c.id AND m.sent_at = c.last_message_at AND m.id = c.last_message_id AND m.sender_id = p.id
  AND c.last_sender IS DISTINCT FROM p.name;

-- name: create_missing
CREATE TEMPORARY TABLE missing (conversation_id uuid NOT NULL, id uuid NOT NULL) ON COMMIT DROP;

-- name: fill_missing
INSERT INTO pg_temp.missing (conversation_id, id)
SELECT k.conversation_id, k.id FROM unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id);

-- name: bury
-- Nothing of a message stays that its source has no more, but that there was one: notes on it find it.
WITH buried AS (
    UPDATE backscroll.messages AS m
    SET body = '', search_text = NULL, search = '', raw = NULL, is_deleted = true, deleted_at = now()
    FROM pg_temp.missing AS k
    WHERE m.conversation_id = ANY (%(chats)s::uuid[]) AND m.conversation_id = k.conversation_id AND m.id = k.id
      AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz AND m.deleted_at IS NULL
    RETURNING m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id
)
INSERT INTO pg_temp.gone (conversation_id, sent_at, id, sender_id, thread_id, is_counted)
SELECT b.conversation_id, b.sent_at, b.id, b.sender_id, b.thread_id, true FROM buried AS b;

-- name: take
-- What the source has at another time now: it is read again there.
WITH taken AS (
    DELETE FROM backscroll.messages AS m
    USING pg_temp.missing AS k
    WHERE m.conversation_id = ANY (%(chats)s::uuid[]) AND m.conversation_id = k.conversation_id AND m.id = k.id
      AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz
    RETURNING m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id
)
INSERT INTO pg_temp.gone (conversation_id, sent_at, id, sender_id, thread_id, is_counted)
SELECT t.conversation_id, t.sent_at, t.id, t.sender_id, t.thread_id, true FROM taken AS t;

-- name: take_parts
WITH reactions AS (
    DELETE FROM backscroll.reactions AS r USING pg_temp.gone AS g WHERE r.conversation_id = g.conversation_id AND r.message_id = g.id
), attachments AS (
    DELETE FROM backscroll.attachments AS a USING pg_temp.gone AS g WHERE a.conversation_id = g.conversation_id AND a.message_id = g.id
)
DELETE FROM backscroll.message_versions AS v USING pg_temp.gone AS g WHERE v.conversation_id = g.conversation_id AND v.message_id = g.id;

-- name: empty_days
DELETE FROM backscroll.conversation_days AS d
USING (SELECT DISTINCT g.conversation_id FROM pg_temp.gone AS g) AS g
WHERE d.conversation_id = g.conversation_id AND d.messages = 0;
