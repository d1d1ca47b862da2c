-- A processor of WhatsApp messages by JID: unix times, media beside, an exclusion list, and the state of the processing.
-- title: WhatsApp processor

-- name: tables
chats: jid name? is_group? is_announcement? metadata? created_at? updated_at?
messages: id message_id jid timestamp@ content? sender? sender_jid? sender_name? push_name? is_from_me? from_me? message_type? media_type? media_url? caption? quoted_message_id? metadata? created_at? updated_at?
chat_tracking_state?: jid~chats.jid is_excluded? excluded_at? last_processed_message_id? last_processed_timestamp? resume_mode? created_at? updated_at?
processing_state?: id is_paused? paused_at? resumed_at? updated_at?
media_files?: id message_id~messages.message_id jid~chats.jid minio_url? deeplens_url? media_type? file_name? filename? mime_type? file_size? size? upload_status? metadata? created_at? updated_at?

-- name: indexes
messages: timestamp

-- name: messages
-- Who wrote to a chat of two is its JID, where nothing else is said.
SELECT m.jid AS chat, m.message_id AS id, m.id AS place,
       m.timestamp AS sent_at,
       coalesce(m.sender, m.sender_jid, CASE WHEN coalesce(m.is_from_me::boolean, m.from_me::boolean) THEN 'me' ELSE m.jid END) AS person,
       coalesce(m.sender_name, m.push_name, p.name) AS person_name,
       coalesce(m.is_from_me::boolean, m.from_me::boolean) AS is_owner,
       coalesce(m.content, m.caption) AS text, coalesce(m.media_type, m.message_type) AS kind, m.quoted_message_id AS parent,
       coalesce(f.files, CASE WHEN m.media_url IS NOT NULL THEN jsonb_build_array(jsonb_build_object(
           'name', regexp_replace(m.media_url, '^.*/', ''), 'path', m.media_url)) END) AS attachments,
       nullif(jsonb_strip_nulls(jsonb_build_object('metadata', m.metadata::jsonb, 'media_files', f.records)), '{{}}') AS raw
FROM {messages} AS m
LEFT JOIN {chats} AS p ON p.jid = coalesce(m.sender, m.sender_jid, m.jid)
LEFT JOIN (SELECT o.message_id, jsonb_agg(to_jsonb(o) ORDER BY o.id) AS records,
                  jsonb_agg(jsonb_build_object(
                      'name', coalesce(o.file_name, o.filename, regexp_replace(coalesce(o.deeplens_url, o.minio_url), '^.*/', '')),
                      'mime', o.mime_type, 'size', coalesce(o.file_size::bigint, o.size::bigint),
                      'path', coalesce(o.deeplens_url, o.minio_url)) ORDER BY o.id) AS files
             FROM {media_files} AS o WHERE o.message_id IS NOT NULL GROUP BY 1) AS f ON f.message_id = m.message_id

-- name: marks
SELECT m.jid AS chat, (m.timestamp AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(coalesce(m.content, ''), hashtextextended(m.message_id, hashtextextended(concat_ws('/', m.timestamp,
           m.sender, m.sender_name, m.push_name, m.media_type, m.media_url, m.caption, m.quoted_message_id, m.metadata), 0)))
           AS digest
FROM {messages} AS m
UNION ALL
SELECT m.jid, (m.timestamp AT TIME ZONE 'UTC')::date, 0, hashtextextended(f::text, 0)
FROM {media_files} AS f
JOIN {messages} AS m ON m.message_id = f.message_id

-- name: cursor
SELECT format('%%s/%%s', max(m.id), max(m.updated_at::timestamptz)) AS cursor FROM {messages} AS m

-- name: touched
SELECT m.jid AS chat,
       (m.timestamp AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE m.id > coalesce(nullif(split_part(%(after)s::text, '/', 1), '')::bigint, 0)
   OR m.updated_at::timestamptz > nullif(split_part(%(after)s::text, '/', 2), '')::timestamptz

-- name: excluded
SELECT s.jid AS chat FROM {chat_tracking_state} AS s WHERE s.is_excluded::boolean

-- name: chats
SELECT c.jid AS chat, c.name AS title,
       CASE WHEN coalesce(c.is_group::boolean, c.jid LIKE '%%@g.us') THEN 'group' ELSE 'direct' END AS kind
FROM {chats} AS c

-- name: records_chats
SELECT c.jid AS id, c.jid AS chat, to_jsonb(c) AS data FROM {chats} AS c

-- name: records_tracking_state
-- How far its programs have processed each chat, and how they are to go on.
SELECT s.jid AS id, s.jid AS chat, to_jsonb(s) AS data FROM {chat_tracking_state} AS s

-- name: records_processing_state
SELECT s.id::text AS id, to_jsonb(s) AS data FROM {processing_state} AS s

-- name: records_media_files
-- Files of no message.
SELECT f.id::text AS id, f.jid AS chat, to_jsonb(f) AS data FROM {media_files} AS f WHERE f.message_id IS NULL
