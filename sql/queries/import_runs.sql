-- The record of what was read, when, and what could not be.

-- name: begin
INSERT INTO backscroll.import_runs (id, format, file_name, time_zone, state, report)
VALUES (%(id)s::uuid, %(format)s::text, %(file_name)s::text, %(time_zone)s::text, 'running', %(report)s::jsonb)
ON CONFLICT (id) DO NOTHING;

-- name: number
-- What marks the rows of a run; none where the run is being taken back.
SELECT r.number FROM backscroll.import_runs AS r WHERE r.id = %(id)s::uuid AND r.state = 'running';

-- name: add
-- In the transaction of a batch, so that the counts are those of what was committed.
UPDATE backscroll.import_runs AS r
SET source_id = %(source)s::uuid, date_order = %(date_order)s::text, report = coalesce(%(report)s::jsonb, r.report),
    chats = r.chats + %(chats)s::bigint,
    messages = r.messages + %(messages)s::bigint, participants = r.participants + %(participants)s::bigint,
    duplicates = r.duplicates + %(duplicates)s::bigint, skipped = r.skipped + %(skipped)s::bigint,
    updated = r.updated + %(updated)s::bigint, conflicts = r.conflicts + %(conflicts)s::bigint,
    doubles = r.doubles + %(doubles)s::bigint
WHERE r.id = %(id)s::uuid;

-- name: log
INSERT INTO backscroll.message_logs (import_run_id, position, place, reason, data)
SELECT %(id)s::uuid, r.skipped + k.position, k.place, k.reason, k.data
FROM unnest(%(places)s::text[], %(reasons)s::text[], %(data)s::text[]) WITH ORDINALITY AS k (place, reason, data, position)
JOIN backscroll.import_runs AS r ON r.id = %(id)s::uuid;

-- name: finish
UPDATE backscroll.import_runs AS r
SET state = %(state)s::text, error = %(error)s::text, finished_at = now(),
    report = coalesce(%(report)s::jsonb, r.report), read_size = %(read_size)s::bigint,
    read_sha256 = %(read_sha256)s::text, read_as = %(read_as)s::text
WHERE r.id = %(id)s::uuid AND r.state = 'running';

-- name: read_before
-- Texts whose messages are all there, the longest first: their run came to its end, and since it began nothing of the source
-- was taken back (of whatever run: it may have brought the same messages first), and no message was given another state.
SELECT r.read_size, r.read_sha256
FROM backscroll.import_runs AS r
WHERE r.source_id = %(source)s::uuid AND r.state = 'done' AND r.read_as = %(read_as)s::text
  AND r.read_size <= %(size)s::bigint
  AND NOT EXISTS (
      SELECT FROM backscroll.import_runs AS o
      WHERE o.source_id = r.source_id AND o.id <> r.id
        AND (o.state = 'undoing' OR (o.state = 'undone' AND (o.undone_at > r.started_at) IS NOT FALSE)
             OR (o.updated > 0 AND (o.finished_at < r.started_at) IS NOT TRUE))
  )
ORDER BY r.read_size DESC, r.started_at DESC
LIMIT 10;

-- name: logs
-- What a run could not read, in the order of the export.
SELECT l.place, l.reason, l.data
FROM backscroll.message_logs AS l
WHERE l.import_run_id = %(id)s::uuid
ORDER BY l.position
LIMIT %(limit)s::int;

-- name: run
-- The columns of an ImportRun.
r.id, r.state, r.format, r.file_name, s.name AS source, r.time_zone, r.date_order, r.chats, r.messages, r.participants,
r.duplicates, r.updated, r.conflicts, r.doubles, r.skipped, r.error, r.started_at, r.finished_at, r.undone_at

-- name: page
-- Newest first, after a cursor.
SELECT
    -- include: run
FROM backscroll.import_runs AS r
LEFT JOIN backscroll.sources AS s ON s.id = r.source_id
WHERE (r.started_at, r.id) < (%(started_at)s::timestamptz, %(id)s::uuid)
ORDER BY r.started_at DESC, r.id DESC
LIMIT %(limit)s::int;

-- name: find
-- Runs whose id lies between two, for an id or the beginning of one.
SELECT
    -- include: run
FROM backscroll.import_runs AS r
LEFT JOIN backscroll.sources AS s ON s.id = r.source_id
WHERE r.id BETWEEN %(low)s::uuid AND %(high)s::uuid
ORDER BY r.id
LIMIT 2;

-- name: report
-- What a run said of itself, and the messages that its chats have of it; none of those once it was taken back.
SELECT r.report, coalesce((SELECT jsonb_object_agg(k.conversation_id, k.messages)
                             FROM backscroll.import_run_conversations AS k WHERE k.run_number = r.number), '{}') AS added
FROM backscroll.import_runs AS r
WHERE r.id = %(id)s::uuid;
