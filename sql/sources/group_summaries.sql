-- WhatsApp groups whose messages are summarised: a table of messages, and one of summaries. Groups have no table of their own.
-- title: Group summaries

-- name: tables
-- What ends in ? may be missing.
messages: id message_id group_id sender_id sender_name message_text timestamp content? message_type? created_at? updated_at?
summaries?: id group_id content generated_at message_count? date? participants? status? created_at?
message_logs?: id data error_type? created_at?

-- name: indexes
messages: timestamp
messages: updated_at

-- name: messages
SELECT m.group_id AS chat, m.message_id AS id, m.timestamp AS sent_at, m.id AS place, m.sender_id AS person,
       m.sender_name AS person_name, m.message_text AS text, m.message_type AS kind,
       CASE WHEN m.content <> m.message_text THEN jsonb_build_object('content', m.content) END AS raw
FROM {messages} AS m

-- name: marks
-- Texts are part of the mark, because nothing makes the source's programs keep updated_at.
SELECT m.group_id AS chat, (m.timestamp AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.message_text, hashtextextended(m.message_id, hashtextextended(
           concat_ws('/', m.timestamp, m.sender_id, m.sender_name, m.message_type, m.content), 0))) AS digest
FROM {messages} AS m

-- name: cursor
SELECT format('%%s/%%s', max(m.id), max(m.updated_at::timestamptz)) AS cursor FROM {messages} AS m

-- name: touched
SELECT m.group_id AS chat, (m.timestamp AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE m.id > coalesce(nullif(split_part(%(after)s::text, '/', 1), '')::bigint, 0)
   OR m.updated_at::timestamptz > nullif(split_part(%(after)s::text, '/', 2), '')::timestamptz

-- name: summaries
-- `date` is the day that a summary is about; who is counted may be names or objects with names.
SELECT s.group_id AS chat, s.id::text AS id, s.content AS text, s.message_count::bigint AS message_count,
       s.date::timestamptz AS period_start, s.date::timestamptz + interval '1 day' AS period_end, s.status,
       s.generated_at,
       CASE WHEN jsonb_typeof(s.participants::jsonb) = 'array' THEN ARRAY(
           SELECT coalesce(p.who ->> 'name', p.who ->> 'id', p.who #>> '{{}}')
           FROM jsonb_array_elements(s.participants::jsonb) AS p (who)) END AS participants
FROM {summaries} AS s

-- name: records_summaries
SELECT s.id::text AS id, s.group_id AS chat, to_jsonb(s) - 'content' AS data FROM {summaries} AS s

-- name: records_logs
SELECT l.id::text AS id, to_jsonb(l) AS data FROM {message_logs} AS l
