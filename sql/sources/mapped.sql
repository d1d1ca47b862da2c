-- Any database of which a person says in a mapping which table and column is what; every column here may be named there.
-- title: Mapping

-- name: tables
messages: id sent_at@ text chat? sender? sender_name? kind? thread? parent? is_edited? is_deleted? edited_at@? updated_at@? file? file_type? status?
people?: id name
chats?: id title topic?

-- name: messages
SELECT coalesce(m.chat::text, 'all') AS chat, m.id::text AS id, m.id AS place, m.sent_at, coalesce(m.sender::text, m.sender_name::text) AS person,
       coalesce(m.sender_name::text, p.name::text) AS person_name, m.text::text AS text, m.kind::text AS kind, m.thread::text AS thread,
       m.parent::text AS parent, coalesce(m.is_edited::boolean, false) AS is_edited, coalesce(m.is_deleted::boolean, false) AS is_deleted,
       m.edited_at::timestamptz AS edited_at,
       CASE WHEN m.file IS NOT NULL THEN jsonb_build_array(jsonb_build_object('name', regexp_replace(m.file::text, '^.*/', ''),
           'mime', m.file_type::text, 'path', m.file::text)) END AS attachments,
       CASE WHEN m.status IS NOT NULL THEN jsonb_build_object('status', m.status) END AS raw
FROM {messages} AS m
LEFT JOIN {people} AS p ON p.id::text = m.sender::text

-- name: marks
SELECT coalesce(m.chat::text, 'all') AS chat, (m.sent_at AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m::text, 0) AS digest
FROM {messages} AS m

-- name: cursor
SELECT format('%%s/%%s', greatest(max(m.sent_at), max(m.updated_at::timestamptz)), count(*)) AS cursor FROM {messages} AS m

-- name: touched
SELECT coalesce(m.chat::text, 'all') AS chat, (m.sent_at AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE greatest(m.sent_at, m.updated_at::timestamptz) >= nullif(split_part(%(after)s::text, '/', 1), '')::timestamptz

-- name: chats
SELECT c.id::text AS chat, c.title::text AS title, 'group' AS kind, c.topic::text AS topic FROM {chats} AS c
