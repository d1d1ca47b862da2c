-- What an import finds that the archive has already: it is taken out of what is staged, and what is newer than the archive
-- has it is brought up to date. Comes after `staged` is filled.

-- name: create_known
-- One row for each staged message that is there, with the time at which it stands.
CREATE TEMPORARY TABLE known (
    conversation_id uuid NOT NULL, sent_at timestamptz NOT NULL, id uuid NOT NULL, is_newer boolean NOT NULL,
    is_elsewhen boolean NOT NULL
) ON COMMIT DROP;

-- name: compared
-- Whether the export tells of a later state of the message than the archive. A message without an id of its own is named by
-- its text, so that another text is another message. Where edits have a time, that decides; else a deleted message is later
-- than one that is not, and an edited one later than one that is not; else the export that is imported later is taken for
-- the later one, but a deleted message's text is not given up for none.
m.conversation_id, m.sent_at, m.id,
s.external_id IS NOT NULL AND CASE
    WHEN s.is_deleted <> m.is_deleted THEN s.is_deleted
    WHEN s.edited_at IS NOT NULL AND m.edited_at IS NOT NULL THEN s.edited_at > m.edited_at
    WHEN s.is_edited <> m.is_edited THEN s.is_edited
    ELSE s.body <> m.body AND NOT (s.is_deleted AND s.body = '')
END,
m.sent_at - m.tie * interval '1 microsecond' <> s.sent_at - s.tie * interval '1 microsecond'

-- name: find_known
-- At about the same time: a corrected time zone moves sent_at by up to 26 hours.
INSERT INTO pg_temp.known (conversation_id, sent_at, id, is_newer, is_elsewhen)
SELECT
    -- include: compared
FROM backscroll.messages AS m
JOIN pg_temp.staged AS s ON s.conversation_id = m.conversation_id AND s.id = m.id
WHERE m.conversation_id = ANY (%(conversations)s::uuid[])
  AND m.sent_at >= %(since)s::timestamptz - interval '2 days' AND m.sent_at <= %(until)s::timestamptz + interval '2 days';

-- name: find_moved
-- At any other time: a corrected date order moves sent_at by months. Reads whole conversations.
INSERT INTO pg_temp.known (conversation_id, sent_at, id, is_newer, is_elsewhen)
SELECT
    -- include: compared
FROM backscroll.messages AS m
JOIN pg_temp.staged AS s ON s.conversation_id = m.conversation_id AND s.id = m.id
WHERE m.conversation_id = ANY (%(conversations)s::uuid[])
  AND (m.sent_at < %(since)s::timestamptz - interval '2 days' OR m.sent_at > %(until)s::timestamptz + interval '2 days');

-- name: drop_alike
-- Takes out messages without ids that the archive has from another export which wrote their time otherwise: in another zone,
-- so that the moment is the same; or without seconds, so that the minute is. Sender and text are the same, and of several the
-- first is the first. What another message of this import is, is not taken for this one (`claimed`, `known`).
WITH fresh AS (
    SELECT s.conversation_id, s.id, s.sender_id, s.body, t.clock, date_trunc('minute', t.clock) AS minute,
           row_number() OVER (PARTITION BY s.conversation_id, s.sender_id, s.body, date_trunc('minute', t.clock)
                              ORDER BY s.sent_at, s.id) AS ordinal
    FROM pg_temp.staged AS s
    CROSS JOIN LATERAL (SELECT s.sent_at - s.tie * interval '1 microsecond' AS clock) AS t
    WHERE s.external_id IS NULL AND s.conversation_id = ANY (%(conversations)s::uuid[])
      AND NOT EXISTS (SELECT FROM pg_temp.known AS k WHERE k.conversation_id = s.conversation_id AND k.id = s.id)
), stored AS (
    SELECT m.conversation_id, m.sender_id, m.body, t.clock, date_trunc('minute', t.clock) AS minute,
           row_number() OVER (PARTITION BY m.conversation_id, m.sender_id, m.body, date_trunc('minute', t.clock)
                              ORDER BY m.sent_at, m.id) AS ordinal
    FROM backscroll.messages AS m
    CROSS JOIN LATERAL (SELECT m.sent_at - m.tie * interval '1 microsecond' AS clock) AS t
    WHERE m.external_id IS NULL AND m.conversation_id = ANY (%(conversations)s::uuid[])
      AND m.sent_at >= %(since)s::timestamptz - interval '1 minute'
      AND m.sent_at <= %(until)s::timestamptz + interval '1 minute'
      AND m.id <> ALL (%(claimed)s::uuid[])
      AND NOT EXISTS (SELECT FROM pg_temp.known AS k WHERE k.conversation_id = m.conversation_id AND k.id = m.id)
)
DELETE FROM pg_temp.staged AS s
USING fresh AS f
JOIN stored AS m ON m.conversation_id = f.conversation_id AND m.minute = f.minute AND m.ordinal = f.ordinal AND m.body = f.body
WHERE s.conversation_id = f.conversation_id AND s.id = f.id AND m.sender_id IS NOT DISTINCT FROM f.sender_id
  AND (m.clock = f.clock OR m.clock = m.minute OR f.clock = f.minute);

-- name: count_doubles
-- Messages without ids that say what another sender says in the same minute; short texts are said by many.
SELECT count(*)
FROM pg_temp.staged AS s
WHERE s.external_id IS NULL AND length(s.body) >= 10 AND s.conversation_id = ANY (%(conversations)s::uuid[])
  AND NOT EXISTS (SELECT FROM pg_temp.known AS k WHERE k.conversation_id = s.conversation_id AND k.id = s.id)
  AND EXISTS (
      SELECT FROM backscroll.messages AS m
      WHERE m.conversation_id = s.conversation_id AND m.sent_at >= date_trunc('minute', s.sent_at)
        AND m.sent_at < date_trunc('minute', s.sent_at) + interval '1 minute'
        AND m.body = s.body AND m.sender_id <> s.sender_id
  );

-- name: count
SELECT count(*), count(*) FILTER (WHERE k.is_newer), count(*) FILTER (WHERE k.is_elsewhen),
       min(k.sent_at) FILTER (WHERE k.is_newer), max(k.sent_at) FILTER (WHERE k.is_newer)
FROM pg_temp.known AS k;

-- name: count_new
-- How many of the staged messages are not there, by conversations.
SELECT s.conversation_id, count(*)
FROM pg_temp.staged AS s
WHERE NOT EXISTS (SELECT FROM pg_temp.known AS k WHERE k.conversation_id = s.conversation_id AND k.id = s.id)
GROUP BY s.conversation_id;

-- name: analyse
-- How few of them are newer decides how these are joined.
ANALYZE pg_temp.known;

-- name: keep_versions
-- The text that is there goes among the earlier ones.
INSERT INTO backscroll.message_versions AS v (conversation_id, message_sent_at, message_id, digest, body, search_text, search,
    stemmed, is_edited, is_deleted, edited_at, run_number)
SELECT m.conversation_id, m.sent_at, m.id, md5(m.body)::uuid, m.body, m.search_text, m.search, c.stemmed, m.is_edited,
       m.is_deleted, m.edited_at, %(run)s::int
FROM pg_temp.known AS k
JOIN pg_temp.staged AS s ON s.conversation_id = k.conversation_id AND s.id = k.id
JOIN backscroll.conversations AS c ON c.id = k.conversation_id
JOIN backscroll.messages AS m ON m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at AND m.id = k.id
WHERE k.is_newer AND m.body <> s.body AND m.body <> ''
  AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz
ON CONFLICT (conversation_id, message_id, digest) DO UPDATE
    SET replaced_at = excluded.replaced_at, run_number = excluded.run_number;

-- name: drop_versions
-- A text that comes back is not an earlier one any more.
DELETE FROM backscroll.message_versions AS v
USING pg_temp.known AS k, pg_temp.staged AS s
WHERE k.is_newer AND s.conversation_id = k.conversation_id AND s.id = k.id
  AND v.conversation_id = k.conversation_id AND v.message_id = k.id AND v.digest = md5(s.body)::uuid;

-- name: update_messages
UPDATE backscroll.messages AS m
SET body = s.body, search_text = s.search_text, search = s.search,
    is_edited = s.is_edited, is_deleted = s.is_deleted, edited_at = s.edited_at, raw = coalesce(s.raw, m.raw)
FROM pg_temp.known AS k
JOIN pg_temp.staged AS s ON s.conversation_id = k.conversation_id AND s.id = k.id
WHERE k.is_newer AND m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at AND m.id = k.id
  AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz;

-- name: change_days
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.sent_at AT TIME ZONE 'UTC')::date AS day FROM pg_temp.known AS c
       WHERE c.is_newer) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: update_conversations
UPDATE backscroll.conversations AS c
SET updated_at = now(), last_text = CASE WHEN c.last_message_id = k.id THEN left(s.body, 160) ELSE c.last_text END
FROM (SELECT DISTINCT ON (o.conversation_id) o.conversation_id, o.id
        FROM pg_temp.known AS o
        JOIN backscroll.conversations AS d ON d.id = o.conversation_id
       WHERE o.is_newer
       ORDER BY o.conversation_id, o.id = d.last_message_id DESC) AS k
JOIN pg_temp.staged AS s ON s.conversation_id = k.conversation_id AND s.id = k.id
WHERE c.id = k.conversation_id;

-- name: join_threads
-- A message that began a thread since.
WITH joined AS (
    UPDATE backscroll.messages AS m SET thread_id = s.thread_id
    FROM (SELECT k.conversation_id, k.sent_at, k.id, o.thread_id
            FROM pg_temp.staged AS o
            JOIN pg_temp.known AS k ON k.conversation_id = o.conversation_id AND k.id = o.id
           WHERE o.thread_id IS NOT NULL) AS s
    WHERE m.conversation_id = s.conversation_id AND m.sent_at = s.sent_at AND m.id = s.id AND m.thread_id IS NULL
    RETURNING m.conversation_id, m.thread_id, m.sent_at, m.id
)
UPDATE backscroll.threads AS t
SET message_count = t.message_count + n.messages, first_message_at = least(t.first_message_at, n.first_at),
    last_message_at = greatest(t.last_message_at, n.last_at), root_sent_at = coalesce(t.root_sent_at, n.root_sent_at)
FROM (SELECT j.conversation_id, j.thread_id, count(*) AS messages, min(j.sent_at) AS first_at, max(j.sent_at) AS last_at,
             min(j.sent_at) FILTER (WHERE j.id = h.root_id) AS root_sent_at
        FROM joined AS j
        JOIN backscroll.threads AS h ON h.conversation_id = j.conversation_id AND h.id = j.thread_id
       GROUP BY 1, 2) AS n
WHERE t.conversation_id = n.conversation_id AND t.id = n.thread_id;

-- name: add_attachments
-- What messages that are there lacked.
INSERT INTO backscroll.attachments (conversation_id, message_id, position, file_name, mime_type, size, sha256, path, run_number)
SELECT n.conversation_id, n.message_id, n.position, n.file_name, n.mime_type, n.size, n.sha256, n.path, %(run)s::int
FROM pg_temp.staged_attachments AS n
JOIN pg_temp.known AS k ON k.conversation_id = n.conversation_id AND k.id = n.message_id
ON CONFLICT (conversation_id, message_id, position) DO NOTHING;

-- name: add_reactions
-- Of messages that are there. Who is not among them any more has perhaps withdrawn, or the export is older: nothing goes.
-- Of two counts the greater one stays.
WITH added AS (
    INSERT INTO backscroll.reactions AS r (conversation_id, message_sent_at, message_id, emoji, participant_id, count,
        position, run_number)
    SELECT n.conversation_id, k.sent_at, n.message_id, n.emoji, n.participant_id, max(n.count), min(n.position), %(run)s::int
    FROM pg_temp.staged_reactions AS n
    JOIN pg_temp.known AS k ON k.conversation_id = n.conversation_id AND k.id = n.message_id
    GROUP BY n.conversation_id, k.sent_at, n.message_id, n.emoji, n.participant_id
    ON CONFLICT (conversation_id, message_id, emoji, participant_id)
        DO UPDATE SET count = excluded.count WHERE excluded.count > r.count
    RETURNING r.conversation_id, r.message_sent_at
)
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.message_sent_at AT TIME ZONE 'UTC')::date AS day FROM added AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: note_run
-- To which conversations the run brought something: what leads to it when it is taken back.
INSERT INTO backscroll.import_run_conversations (conversation_id, run_number, messages)
SELECT DISTINCT k.conversation_id, %(run)s::int, 0 FROM pg_temp.known AS k
ON CONFLICT (conversation_id, run_number) DO NOTHING;

-- name: drop_known
DELETE FROM pg_temp.staged AS s USING pg_temp.known AS k WHERE k.conversation_id = s.conversation_id AND k.id = s.id;
