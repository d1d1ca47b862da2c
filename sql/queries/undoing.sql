-- How an import run is taken back: chat by chat the messages that bear its number go, with what hangs on them, and every
-- figure that is kept beside the rows follows, in one transaction a step; at the end goes what nothing holds any more.

-- name: begin
-- Under the lock, so that no batch of the run is on its way; the next one finds that its run is not running any more.
UPDATE backscroll.import_runs AS r SET state = 'undoing'
WHERE r.id = %(id)s::uuid AND r.state <> 'undone'
RETURNING r.number;

-- name: is_marked
-- Whether what the run brought bears its number: that of older versions does not.
SELECT r.messages = 0 OR r.state IN ('undoing', 'undone')
    OR EXISTS (SELECT FROM backscroll.import_run_conversations AS k WHERE k.run_number = r.number)
FROM backscroll.import_runs AS r
WHERE r.id = %(id)s::uuid;

-- name: left
-- The chats of the run that were not gone over yet, with the number of messages that it brought them.
SELECT k.conversation_id, k.messages
FROM backscroll.import_run_conversations AS k
WHERE k.run_number = %(run)s::int
ORDER BY k.conversation_id;

-- name: create_gone
CREATE TEMPORARY TABLE gone (
    conversation_id uuid NOT NULL, sent_at timestamptz NOT NULL, id uuid NOT NULL, sender_id uuid, thread_id uuid,
    is_counted boolean NOT NULL
) ON COMMIT DROP;

-- name: take_messages
-- The times narrow each chat to the stretch and the quarters that the run wrote to. What a live source had no more is counted
-- nowhere.
WITH taken AS (
    DELETE FROM backscroll.messages AS m
    USING backscroll.import_run_conversations AS k
    WHERE k.run_number = %(run)s::int AND k.conversation_id = ANY (%(chats)s::uuid[])
      AND m.conversation_id = k.conversation_id AND m.run_number = k.run_number
      AND m.sent_at >= k.first_message_at AND m.sent_at <= k.last_message_at
    RETURNING m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id, m.deleted_at IS NULL AS is_counted
)
INSERT INTO pg_temp.gone (conversation_id, sent_at, id, sender_id, thread_id, is_counted)
SELECT t.conversation_id, t.sent_at, t.id, t.sender_id, t.thread_id, t.is_counted FROM taken AS t;

-- name: analyse
ANALYZE pg_temp.gone;

-- name: take_attachments
-- Those of the messages that go, and those that the run brought to others.
DELETE FROM backscroll.attachments AS a
WHERE a.conversation_id = ANY (%(chats)s::uuid[])
  AND (a.run_number = %(run)s::int
       OR EXISTS (SELECT FROM pg_temp.gone AS g WHERE g.conversation_id = a.conversation_id AND g.id = a.message_id));

-- name: take_reactions
WITH taken AS (
    DELETE FROM backscroll.reactions AS r
    WHERE r.conversation_id = ANY (%(chats)s::uuid[])
      AND (r.run_number = %(run)s::int
           OR EXISTS (SELECT FROM pg_temp.gone AS g WHERE g.conversation_id = r.conversation_id AND g.id = r.message_id))
    RETURNING r.conversation_id, r.message_sent_at
)
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.message_sent_at AT TIME ZONE 'UTC')::date AS day FROM taken AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: take_versions
DELETE FROM backscroll.message_versions AS v
USING pg_temp.gone AS g
WHERE v.conversation_id = g.conversation_id AND v.message_id = g.id;

-- name: skip_versions
-- A text that the run brought and that another has replaced since goes; what stood before it was then replaced by that other.
WITH ordered AS (
    SELECT v.conversation_id, v.message_id, v.digest, v.run_number, lead(v.digest) OVER later AS next_digest,
           lead(v.run_number) OVER later AS next_run, lead(v.replaced_at) OVER later AS next_at
    FROM backscroll.message_versions AS v
    WHERE v.conversation_id = ANY (%(chats)s::uuid[])
    WINDOW later AS (PARTITION BY v.conversation_id, v.message_id ORDER BY v.replaced_at, v.digest)
), skipped AS (
    DELETE FROM backscroll.message_versions AS v
    USING ordered AS o
    WHERE o.run_number = %(run)s::int AND o.next_digest IS NOT NULL
      AND v.conversation_id = o.conversation_id AND v.message_id = o.message_id AND v.digest = o.next_digest
)
UPDATE backscroll.message_versions AS v SET run_number = o.next_run, replaced_at = o.next_at
FROM ordered AS o
WHERE o.run_number = %(run)s::int AND o.next_digest IS NOT NULL
  AND v.conversation_id = o.conversation_id AND v.message_id = o.message_id AND v.digest = o.digest;

-- name: restore_versions
-- A text that the run brought and that stands there goes; the one before it comes back.
WITH restored AS (
    DELETE FROM backscroll.message_versions AS v
    USING (SELECT DISTINCT ON (o.conversation_id, o.message_id) o.conversation_id, o.message_id, o.digest, o.run_number
             FROM backscroll.message_versions AS o
            WHERE o.conversation_id = ANY (%(chats)s::uuid[])
            ORDER BY o.conversation_id, o.message_id, o.replaced_at DESC, o.digest DESC) AS last
    WHERE last.run_number = %(run)s::int AND v.conversation_id = last.conversation_id
      AND v.message_id = last.message_id AND v.digest = last.digest
    RETURNING v.conversation_id, v.message_sent_at, v.message_id, v.body, v.search_text, v.search, v.stemmed, v.is_edited,
        v.is_deleted, v.edited_at
), written AS (
    UPDATE backscroll.messages AS m
    SET body = r.body, search_text = r.search_text, search = r.search, is_edited = r.is_edited, is_deleted = r.is_deleted,
        edited_at = r.edited_at
    FROM restored AS r
    WHERE m.conversation_id = r.conversation_id AND m.sent_at = r.message_sent_at AND m.id = r.message_id
), changed AS (
    UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
    FROM (SELECT DISTINCT c.conversation_id, (c.message_sent_at AT TIME ZONE 'UTC')::date AS day FROM restored AS c) AS n
    WHERE d.conversation_id = n.conversation_id AND d.day = n.day
)
UPDATE backscroll.conversations AS c
SET stemmed = CASE WHEN n.is_stemmed THEN c.stemmed END, last_text = coalesce(n.last_text, c.last_text), updated_at = now()
FROM (SELECT r.conversation_id, bool_and(r.stemmed IS NOT DISTINCT FROM d.stemmed) AS is_stemmed,
             max(left(r.body, 160)) FILTER (WHERE r.message_id = d.last_message_id) AS last_text
        FROM restored AS r
        JOIN backscroll.conversations AS d ON d.id = r.conversation_id
       GROUP BY 1) AS n
WHERE c.id = n.conversation_id;

-- name: forget_parents
-- What answered a message that is gone finds it again when it comes back, at whatever time.
WITH left_alone AS (
    UPDATE backscroll.messages AS m SET parent_sent_at = NULL
    FROM pg_temp.gone AS g
    WHERE m.parent_id IS NOT NULL AND m.parent_sent_at = g.sent_at
      AND m.conversation_id = g.conversation_id AND m.parent_id = g.id
    RETURNING m.conversation_id, m.sent_at
)
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.sent_at AT TIME ZONE 'UTC')::date AS day FROM left_alone AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: count_days
UPDATE backscroll.conversation_days AS d SET messages = d.messages - n.messages, changed_at = clock_timestamp()
FROM (SELECT g.conversation_id, (g.sent_at AT TIME ZONE 'UTC')::date AS day, count(*) AS messages
        FROM pg_temp.gone AS g WHERE g.is_counted GROUP BY 1, 2) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: empty_days
DELETE FROM backscroll.conversation_days AS d WHERE d.conversation_id = ANY (%(chats)s::uuid[]) AND d.messages = 0;

-- name: count_participants
-- Who wrote nothing else is not looked for.
UPDATE backscroll.participants AS p
SET message_count = n.messages, first_message_at = e.first_at, last_message_at = e.last_at
FROM (SELECT g.conversation_id, g.sender_id, q.message_count - count(*) AS messages
        FROM pg_temp.gone AS g
        JOIN backscroll.participants AS q ON q.conversation_id = g.conversation_id AND q.id = g.sender_id
       WHERE g.is_counted
       GROUP BY 1, 2, q.message_count) AS n
CROSS JOIN LATERAL (
    SELECT min(m.sent_at) AS first_at, max(m.sent_at) AS last_at
    FROM backscroll.messages AS m
    WHERE n.messages > 0 AND m.conversation_id = n.conversation_id AND m.sender_id = n.sender_id
      AND m.deleted_at IS NULL
) AS e
WHERE p.conversation_id = n.conversation_id AND p.id = n.sender_id;

-- name: count_threads
UPDATE backscroll.threads AS t
SET message_count = n.messages, first_message_at = e.first_at, last_message_at = e.last_at
FROM (SELECT g.conversation_id, g.thread_id, q.message_count - count(*) AS messages
        FROM pg_temp.gone AS g
        JOIN backscroll.threads AS q ON q.conversation_id = g.conversation_id AND q.id = g.thread_id
       WHERE g.is_counted
       GROUP BY 1, 2, q.message_count) AS n
CROSS JOIN LATERAL (
    SELECT min(m.sent_at) AS first_at, max(m.sent_at) AS last_at
    FROM backscroll.messages AS m
    WHERE n.messages > 0 AND m.conversation_id = n.conversation_id AND m.thread_id = n.thread_id
      AND m.deleted_at IS NULL
) AS e
WHERE t.conversation_id = n.conversation_id AND t.id = n.thread_id;

-- name: forget_roots
UPDATE backscroll.threads AS t SET root_sent_at = NULL
FROM pg_temp.gone AS g
WHERE t.conversation_id = g.conversation_id AND t.root_id = g.id;

-- name: count_conversations
UPDATE backscroll.conversations AS c
SET message_count = c.message_count - n.messages, first_message_at = f.sent_at, last_message_at = l.sent_at,
    last_message_id = l.id, last_kind = l.kind, last_sender = p.name, last_text = left(l.body, 160), updated_at = now()
FROM (SELECT g.conversation_id, count(*) FILTER (WHERE g.is_counted) AS messages FROM pg_temp.gone AS g GROUP BY 1) AS n
LEFT JOIN LATERAL (
    SELECT m.sent_at FROM backscroll.messages AS m
    WHERE m.conversation_id = n.conversation_id AND m.deleted_at IS NULL
    ORDER BY m.sent_at, m.id
    LIMIT 1
) AS f ON true
LEFT JOIN LATERAL (
    SELECT m.sent_at, m.id, m.kind, m.sender_id, m.body FROM backscroll.messages AS m
    WHERE m.conversation_id = n.conversation_id AND m.deleted_at IS NULL
    ORDER BY m.sent_at DESC, m.id DESC
    LIMIT 1
) AS l ON true
LEFT JOIN backscroll.participants AS p ON p.conversation_id = n.conversation_id AND p.id = l.sender_id
WHERE c.id = n.conversation_id;

-- name: quarters
-- Which quarters have lost messages; null for an open end.
SELECT DISTINCT to_char(g.sent_at AT TIME ZONE 'UTC', '"messages_"YYYY"q"Q') AS name
FROM pg_temp.gone AS g
WHERE g.sent_at >= '1990-01-01 00:00+00' AND g.sent_at < '2100-01-01 00:00+00'
ORDER BY 1;

-- name: done
DELETE FROM backscroll.import_run_conversations AS k
WHERE k.run_number = %(run)s::int AND k.conversation_id = ANY (%(chats)s::uuid[]);

-- name: leave_threads
-- A thread that only runs brought which are taken back, and in which nothing is left but the message that it hangs on.
WITH emptied AS (
    UPDATE backscroll.threads AS t SET message_count = 0, first_message_at = NULL, last_message_at = NULL, root_sent_at = NULL
    FROM backscroll.conversations AS c, backscroll.import_runs AS r
    WHERE c.source_id = %(source)s::uuid AND t.conversation_id = c.id AND t.message_count = 1
      AND t.root_sent_at IS NOT NULL AND t.first_message_at = t.root_sent_at
      AND r.number = t.run_number AND r.state IN ('undoing', 'undone')
    RETURNING t.conversation_id, t.id, t.root_id
)
UPDATE backscroll.messages AS m SET thread_id = NULL
FROM emptied AS e
WHERE m.conversation_id = e.conversation_id AND m.thread_id = e.id AND m.id = e.root_id;

-- name: source
SELECT r.source_id FROM backscroll.import_runs AS r WHERE r.id = %(id)s::uuid;

-- name: empty_threads
-- What runs brought that are taken back, and no message holds. What is older than marks of runs stays.
WITH taken AS (
    DELETE FROM backscroll.threads AS t
    USING backscroll.conversations AS c, backscroll.import_runs AS r
    WHERE c.source_id = %(source)s::uuid AND t.conversation_id = c.id AND t.message_count = 0
      AND r.number = t.run_number AND r.state IN ('undoing', 'undone')
    RETURNING t.conversation_id
)
UPDATE backscroll.conversations AS c SET thread_count = c.thread_count - n.taken
FROM (SELECT t.conversation_id, count(*) AS taken FROM taken AS t GROUP BY 1) AS n
WHERE c.id = n.conversation_id;

-- name: empty_participants
WITH taken AS (
    DELETE FROM backscroll.participants AS p
    USING backscroll.conversations AS c, backscroll.import_runs AS r
    WHERE c.source_id = %(source)s::uuid AND p.conversation_id = c.id AND p.message_count = 0
      AND r.number = p.run_number AND r.state IN ('undoing', 'undone')
      AND NOT EXISTS (SELECT FROM backscroll.reactions AS o
                       WHERE o.conversation_id = p.conversation_id AND o.participant_id = p.id)
    RETURNING p.conversation_id
)
UPDATE backscroll.conversations AS c SET participant_count = c.participant_count - n.taken
FROM (SELECT t.conversation_id, count(*) AS taken FROM taken AS t GROUP BY 1) AS n
WHERE c.id = n.conversation_id;

-- name: empty_conversations
-- Gives how many. A summary that somebody wrote holds its conversation; bookmarks and annotations keep its title instead.
WITH taken AS (
    DELETE FROM backscroll.conversations AS c
    USING backscroll.import_runs AS r
    WHERE c.source_id = %(source)s::uuid AND c.message_count = 0
      AND r.number = c.run_number AND r.state IN ('undoing', 'undone')
      AND NOT EXISTS (SELECT FROM backscroll.summaries AS s WHERE s.conversation_id = c.id AND s.method = 'written')
      AND NOT EXISTS (SELECT FROM backscroll.messages AS m WHERE m.conversation_id = c.id)
    RETURNING c.id, c.title
), bookmarked AS (
    UPDATE backscroll.bookmarks AS b SET quoted_conversation = t.title FROM taken AS t WHERE b.conversation_id = t.id
), annotated AS (
    UPDATE backscroll.annotations AS n SET quoted_conversation = t.title FROM taken AS t WHERE n.conversation_id = t.id
)
SELECT count(*) FROM taken;

-- name: leave_source
UPDATE backscroll.import_runs AS r SET source_id = NULL
WHERE r.source_id = %(source)s::uuid
  AND NOT EXISTS (SELECT FROM backscroll.conversations AS c WHERE c.source_id = r.source_id);

-- name: empty_source
DELETE FROM backscroll.sources AS s
WHERE s.id = %(source)s::uuid
  AND NOT EXISTS (SELECT FROM backscroll.conversations AS c WHERE c.source_id = s.id);

-- name: forget_unread
DELETE FROM backscroll.message_logs AS l WHERE l.import_run_id = %(id)s::uuid;

-- name: finish
UPDATE backscroll.import_runs AS r SET state = 'undone', undone_at = now() WHERE r.id = %(id)s::uuid;
