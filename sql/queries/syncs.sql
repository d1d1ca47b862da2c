-- What the archive knows of live sources: how each is followed, and how far it was read.

-- name: begin
-- The source and its sync, where they are not there yet; what was found is that of the last time.
WITH source AS (
    INSERT INTO backscroll.sources (id, identity, format, name, time_zone)
    VALUES (%(id)s::uuid, %(identity)s::text, %(format)s::text, %(name)s::text, %(time_zone)s::text)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name
    RETURNING id
)
INSERT INTO backscroll.syncs (source_id, system, found)
SELECT s.id, %(format)s::text, %(found)s::jsonb FROM source AS s
ON CONFLICT (source_id) DO UPDATE SET found = excluded.found;

-- name: sync
-- The columns of a Sync.
y.source_id, s.name, s.identity, y.system, y.found, y.lists, y.cursor, y.excluded, y.is_paused, y.paused_at, y.resumed_at,
y.resume_mode, y.skipped, y.synced_at, y.compared_at,
EXISTS (SELECT FROM backscroll.conversations AS c WHERE c.source_id = y.source_id AND c.message_count > 0) AS has_messages

-- name: of_source
SELECT
    -- include: sync
FROM backscroll.syncs AS y
JOIN backscroll.sources AS s ON s.id = y.source_id
WHERE y.source_id = %(source)s::uuid;

-- name: all
-- With what the archive has of each.
SELECT
    -- include: sync
    , n.chats, n.messages
FROM backscroll.syncs AS y
JOIN backscroll.sources AS s ON s.id = y.source_id
CROSS JOIN LATERAL (
    SELECT count(*) AS chats, coalesce(sum(c.message_count), 0)::bigint AS messages
    FROM backscroll.conversations AS c WHERE c.source_id = y.source_id
) AS n
ORDER BY s.name, y.source_id;

-- name: chat_marks
SELECT d.chat, sum(d.messages)::bigint AS messages, sum(d.digest)::numeric AS digest
FROM backscroll.sync_days AS d
WHERE d.source_id = %(source)s::uuid
GROUP BY d.chat;

-- name: day_marks
SELECT d.chat, d.day, d.messages, d.digest
FROM backscroll.sync_days AS d
WHERE d.source_id = %(source)s::uuid AND d.chat = ANY (%(chats)s::text[]);

-- name: save_days
INSERT INTO backscroll.sync_days (source_id, chat, day, messages, digest)
SELECT %(source)s::uuid, k.chat, k.day, k.messages, k.digest
FROM unnest(%(chats)s::text[], %(days)s::date[], %(messages)s::bigint[], %(digests)s::numeric[]) AS k (chat, day, messages, digest)
ON CONFLICT (source_id, chat, day) DO UPDATE SET messages = excluded.messages, digest = excluded.digest;

-- name: forget_days
DELETE FROM backscroll.sync_days AS d
USING unnest(%(chats)s::text[], %(days)s::date[]) AS k (chat, day)
WHERE d.source_id = %(source)s::uuid AND d.chat = k.chat AND d.day = k.day;

-- name: forget_all_days
-- Everything is read again: something of the source was taken back.
DELETE FROM backscroll.sync_days AS d
USING backscroll.import_runs AS r
WHERE r.id = %(run)s::uuid AND d.source_id = r.source_id;

-- name: held
-- The messages of some days of chats that the archive has and the source had, when it was last looked at.
SELECT k.chat, m.external_id AS id
FROM unnest(%(chats)s::text[], %(conversations)s::uuid[], %(days)s::date[]) AS k (chat, conversation_id, day)
JOIN backscroll.messages AS m
  ON m.conversation_id = k.conversation_id AND m.sent_at >= (k.day::timestamp AT TIME ZONE 'UTC')
 AND m.sent_at < (k.day::timestamp AT TIME ZONE 'UTC') + interval '1 day'
WHERE m.deleted_at IS NULL AND m.external_id IS NOT NULL;

-- name: checked
-- How far it was read; what is null stays.
UPDATE backscroll.syncs AS y
SET synced_at = now(), cursor = coalesce(%(cursor)s::text, y.cursor), lists = y.lists || %(lists)s::jsonb,
    compared_at = CASE WHEN %(is_whole)s::boolean THEN now() ELSE y.compared_at END
WHERE y.source_id = %(source)s::uuid;

-- name: pause
UPDATE backscroll.syncs AS y SET is_paused = true, paused_at = now()
WHERE y.source_id = %(source)s::uuid AND NOT y.is_paused;

-- name: resume
-- What was written during the pause is left out, if that is wanted.
UPDATE backscroll.syncs AS y
SET is_paused = false, resumed_at = now(), resume_mode = %(mode)s::text,
    skipped = CASE WHEN %(mode)s::text = 'from_now' THEN y.skipped + tstzmultirange(tstzrange(y.paused_at, now())) ELSE y.skipped END
WHERE y.source_id = %(source)s::uuid AND y.is_paused;

-- name: exclude
UPDATE backscroll.syncs AS y SET excluded = ARRAY(SELECT DISTINCT u.chat FROM unnest(y.excluded || %(chat)s::text) AS u (chat) ORDER BY 1)
WHERE y.source_id = %(source)s::uuid;

-- name: include
UPDATE backscroll.syncs AS y SET excluded = array_remove(y.excluded, %(chat)s::text) WHERE y.source_id = %(source)s::uuid;

-- name: create_listed
CREATE TEMPORARY TABLE listed (external_id text NOT NULL, conversation_id uuid, message_id uuid, data jsonb NOT NULL) ON COMMIT DROP;

-- name: copy_listed
COPY pg_temp.listed (external_id, conversation_id, message_id, data) FROM STDIN (FORMAT BINARY);

-- name: take_records
-- What the source has no more.
DELETE FROM backscroll.sync_records AS r
WHERE r.source_id = %(source)s::uuid AND r.area = %(area)s::text
  AND NOT EXISTS (SELECT FROM pg_temp.listed AS l WHERE l.external_id = r.external_id);

-- name: save_records
INSERT INTO backscroll.sync_records AS r (source_id, area, external_id, conversation_id, message_id, data)
SELECT DISTINCT ON (l.external_id) %(source)s::uuid, %(area)s::text, l.external_id, l.conversation_id, l.message_id, l.data
FROM pg_temp.listed AS l
ON CONFLICT (source_id, area, external_id) DO UPDATE
    SET conversation_id = excluded.conversation_id, message_id = excluded.message_id, data = excluded.data
    WHERE (r.conversation_id, r.message_id, r.data) IS DISTINCT FROM (excluded.conversation_id, excluded.message_id, excluded.data);

-- name: records_about
-- What the source keeps of a message, of its chat and of itself; the nearest first.
SELECT r.area, r.external_id, r.message_id IS NOT NULL AS is_of_message, r.data
FROM (
    (SELECT o.area, o.external_id, o.message_id, o.data, 1 AS distance FROM backscroll.sync_records AS o
      WHERE o.conversation_id = %(conversation)s::uuid AND o.message_id = %(message)s::uuid
      ORDER BY o.area, o.external_id LIMIT %(limit)s::int)
    UNION ALL
    (SELECT o.area, o.external_id, o.message_id, o.data, 2 FROM backscroll.sync_records AS o
      WHERE o.conversation_id = %(conversation)s::uuid AND o.message_id IS NULL
      ORDER BY o.area, o.external_id LIMIT %(limit)s::int)
) AS r
ORDER BY r.distance, r.area, r.external_id
LIMIT %(limit)s::int;

-- name: records_of_chat
-- What a source keeps of a chat as a whole.
SELECT r.area, r.external_id, false AS is_of_message, r.data
FROM backscroll.sync_records AS r
WHERE r.conversation_id = %(conversation)s::uuid AND r.message_id IS NULL
ORDER BY r.area, r.external_id
LIMIT %(limit)s::int;

-- name: records
-- What a source keeps, area by area, after a record of the page before.
SELECT r.area, r.external_id, r.message_id IS NOT NULL AS is_of_message, c.title AS chat, r.data
FROM backscroll.sync_records AS r
LEFT JOIN backscroll.conversations AS c ON c.id = r.conversation_id
WHERE r.source_id = %(source)s::uuid AND (r.area, r.external_id) > (%(area)s::text, %(id)s::text)
ORDER BY r.area, r.external_id
LIMIT %(limit)s::int;

-- name: areas
-- How many records a source keeps of each kind, with the first of them.
SELECT a.area, a.records, f.external_id, f.is_of_message, f.chat, f.data
FROM (SELECT r.area, count(*) AS records FROM backscroll.sync_records AS r
       WHERE r.source_id = %(source)s::uuid GROUP BY r.area) AS a
CROSS JOIN LATERAL (
    SELECT r.external_id, r.message_id IS NOT NULL AS is_of_message, c.title AS chat, r.data
    FROM backscroll.sync_records AS r
    LEFT JOIN backscroll.conversations AS c ON c.id = r.conversation_id
    WHERE r.source_id = %(source)s::uuid AND r.area = a.area
    ORDER BY r.external_id
    LIMIT %(limit)s::int
) AS f
ORDER BY a.area, f.external_id;

-- name: create_told
CREATE TEMPORARY TABLE told (
    conversation_id uuid NOT NULL, id uuid NOT NULL, period_start timestamptz, period_end timestamptz, text text NOT NULL,
    message_count bigint NOT NULL, participants text[] NOT NULL, status text NOT NULL, generated_at timestamptz NOT NULL
) ON COMMIT DROP;

-- name: copy_told
COPY pg_temp.told (conversation_id, id, period_start, period_end, text, message_count, participants, status, generated_at)
    FROM STDIN (FORMAT BINARY);

-- name: take_summaries
-- Of a source's chats: what it has no more. What was written or made here stays.
DELETE FROM backscroll.summaries AS s
USING backscroll.conversations AS c
WHERE c.source_id = %(source)s::uuid AND s.conversation_id = c.id AND s.method = 'imported'
  AND NOT EXISTS (SELECT FROM pg_temp.told AS t WHERE t.conversation_id = s.conversation_id AND t.id = s.id);

-- name: save_summaries
INSERT INTO backscroll.summaries AS s (conversation_id, id, period_start, period_end, text, message_count, participants, method,
    status, generated_at, scope)
SELECT t.conversation_id, t.id, t.period_start, t.period_end, t.text, t.message_count, t.participants, 'imported', t.status,
       t.generated_at, CASE WHEN t.period_start IS NULL THEN 'chat' WHEN t.period_end = t.period_start + interval '1 day' THEN 'day' ELSE 'stretch' END
FROM pg_temp.told AS t
JOIN backscroll.conversations AS c ON c.id = t.conversation_id
ON CONFLICT (conversation_id, id) DO UPDATE
    SET period_start = excluded.period_start, period_end = excluded.period_end, text = excluded.text,
        message_count = excluded.message_count, participants = excluded.participants, status = excluded.status,
        generated_at = excluded.generated_at, scope = excluded.scope;

-- name: area
-- The records of an area by their ids.
SELECT r.external_id, r.conversation_id, r.message_id, r.data
FROM backscroll.sync_records AS r
WHERE r.source_id = %(source)s::uuid AND r.area = %(area)s::text;

-- name: noted
-- Where messages stand and what they say, for notes on them.
SELECT m.id, m.sent_at, p.name AS sender, m.body AS text, c.title AS conversation
FROM unnest(%(conversations)s::uuid[], %(ids)s::uuid[]) AS k (conversation_id, id)
JOIN backscroll.messages AS m ON m.conversation_id = k.conversation_id AND m.id = k.id
JOIN backscroll.conversations AS c ON c.id = m.conversation_id
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id;
