-- Open WebUI: conversations with language models, each one tree of messages in JSON; times are unix seconds. Answers that were asked
-- for again answer the same message.
-- title: Open WebUI

-- name: tables
chat: id user_id title chat created_at updated_at? archived? pinned? meta? folder_id? share_id?
user?: id name? email? role?
folder?: id name? parent_id?
feedback?: id user_id? type? data? meta? snapshot? created_at? updated_at?
tag?: id name? user_id? meta?

-- name: messages
SELECT c.id AS chat, k.key AS id, CASE k.value ->> 'role' WHEN 'user' THEN '0' ELSE '1' END || k.key AS place,
       to_timestamp(coalesce(CASE WHEN t.stamp > 100000000000 THEN t.stamp / 1000 ELSE t.stamp END, c.created_at)) AS sent_at,
       CASE k.value ->> 'role' WHEN 'user' THEN c.user_id ELSE coalesce(k.value ->> 'model', k.value ->> 'role') END AS person,
       CASE k.value ->> 'role' WHEN 'user' THEN u.name ELSE coalesce(k.value ->> 'modelName', k.value ->> 'model', k.value ->> 'role') END AS person_name,
       k.value ->> 'role' = 'user' AS is_owner,
       CASE jsonb_typeof(k.value -> 'content') WHEN 'string' THEN k.value ->> 'content' ELSE k.value #>> '{{content}}' END AS text,
       k.value ->> 'parentId' AS parent,
       CASE WHEN jsonb_typeof(k.value -> 'files') = 'array' THEN (
           SELECT jsonb_agg(jsonb_build_object('name', coalesce(f.value ->> 'name', f.value #>> '{{file,filename}}'),
                      'mime', f.value #>> '{{file,meta,content_type}}', 'path', CASE WHEN f.value ->> 'url' NOT LIKE 'data:%%' THEN f.value ->> 'url' END))
           FROM jsonb_array_elements(k.value -> 'files') AS f (value)) END AS attachments,
       nullif(k.value - 'content' - 'id' - 'role' - 'timestamp' - 'parentId' - 'files', '{{}}') AS raw
FROM {chat} AS c
CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(c.chat::jsonb #> '{{history,messages}}') WHEN 'object' THEN c.chat::jsonb #> '{{history,messages}}' ELSE '{{}}' END) AS k (key, value)
CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(k.value -> 'timestamp') WHEN 'number' THEN (k.value ->> 'timestamp')::float8 END AS stamp) AS t
LEFT JOIN {user} AS u ON u.id = c.user_id

-- name: marks
SELECT c.id AS chat, (to_timestamp(coalesce(CASE WHEN t.stamp > 100000000000 THEN t.stamp / 1000 ELSE t.stamp END, c.created_at)) AT TIME ZONE 'UTC')::date AS day,
       1 AS messages, hashtextextended(k.value::text, hashtextextended(k.key, 0)) AS digest
FROM {chat} AS c
CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(c.chat::jsonb #> '{{history,messages}}') WHEN 'object' THEN c.chat::jsonb #> '{{history,messages}}' ELSE '{{}}' END) AS k (key, value)
CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(k.value -> 'timestamp') WHEN 'number' THEN (k.value ->> 'timestamp')::float8 END AS stamp) AS t

-- name: cursor
-- Its clock has seconds only: what changed in the last one is part of the cursor.
SELECT format('%%s/%%s', k.at, (SELECT sum(hashtextextended(c.chat::text, 0)) FROM {chat} AS c WHERE c.updated_at::bigint = k.at)) AS cursor
FROM (SELECT max(c.updated_at::bigint) AS at FROM {chat} AS c) AS k

-- name: touched
SELECT c.id AS chat, (to_timestamp(coalesce(CASE WHEN t.stamp > 100000000000 THEN t.stamp / 1000 ELSE t.stamp END, c.created_at)) AT TIME ZONE 'UTC')::date AS day
FROM {chat} AS c
CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(c.chat::jsonb #> '{{history,messages}}') WHEN 'object' THEN c.chat::jsonb #> '{{history,messages}}' ELSE '{{}}' END) AS k (key, value)
CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(k.value -> 'timestamp') WHEN 'number' THEN (k.value ->> 'timestamp')::float8 END AS stamp) AS t
WHERE c.updated_at::bigint >= nullif(split_part(%(after)s::text, '/', 1), '')::bigint

-- name: chats
SELECT c.id AS chat, c.title, 'direct' AS kind, f.name AS topic
FROM {chat} AS c
LEFT JOIN {folder} AS f ON f.id = c.folder_id

-- name: records_chats
SELECT c.id, c.id AS chat, to_jsonb(c) - 'chat' || jsonb_build_object('models', c.chat::jsonb -> 'models', 'currentId', c.chat::jsonb #> '{{history,currentId}}') AS data
FROM {chat} AS c

-- name: records_feedback
SELECT f.id, f.meta::jsonb ->> 'chat_id' AS chat, f.meta::jsonb ->> 'message_id' AS message, to_jsonb(f) - 'snapshot' AS data FROM {feedback} AS f
