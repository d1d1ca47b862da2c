-- A messaging application of threads between users. Its threads are chats here; answers lead to what they answer. Its times
-- have no zone.
-- title: Threads application

-- name: tables
users: id username email? first_name? last_name? profile_image? is_active? last_login_at? created_at? updated_at?
threads: id is_direct name? is_archived? last_message_at? created_at? updated_at?
messages: id thread_id user_id content created_at parent_id? status? metadata? updated_at?
thread_participants?: thread_id~threads.id user_id~users.id id? role? last_read_at? last_read_message_id? is_muted? joined_at? created_at? updated_at?
attachments?: message_id~messages.id id? file_name? filename? name? file_type? mime_type? type? file_size? size? file_url? url? path? created_at?

-- name: indexes
messages: updated_at

-- name: messages
-- Files are gathered once, not for each message: they need have no index.
SELECT m.thread_id::text AS chat, m.id::text AS id, m.created_at AS sent_at, m.id AS place, m.user_id::text AS person,
       coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username) AS person_name, m.content AS text,
       m.parent_id::text AS parent, f.attachments,
       jsonb_strip_nulls(jsonb_build_object('status', m.status, 'metadata', m.metadata::jsonb)) AS raw
FROM {messages} AS m
LEFT JOIN {users} AS u ON u.id = m.user_id
LEFT JOIN (SELECT a.message_id, jsonb_agg(jsonb_build_object(
                      'name', coalesce(a.file_name, a.filename, a.name), 'mime', coalesce(a.mime_type, a.file_type, a.type),
                      'size', coalesce(a.file_size::bigint, a.size::bigint), 'path', coalesce(a.file_url, a.url, a.path))
                  ORDER BY a.created_at::timestamptz, a.id) AS attachments
             FROM {attachments} AS a GROUP BY 1) AS f ON f.message_id = m.id

-- name: marks
SELECT m.thread_id::text AS chat, (m.created_at AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.content, hashtextextended(m.id::text, hashtextextended(
           concat_ws('/', m.created_at, m.user_id, m.status, m.parent_id, m.metadata), 0))) AS digest
FROM {messages} AS m
UNION ALL
SELECT m.thread_id::text, (m.created_at AT TIME ZONE 'UTC')::date, 0, hashtextextended(a::text, 0)
FROM {attachments} AS a
JOIN {messages} AS m ON m.id = a.message_id

-- name: cursor
SELECT format('%%s/%%s', greatest(max(m.created_at), max(m.updated_at::timestamptz)), count(*)) AS cursor FROM {messages} AS m

-- name: touched
SELECT m.thread_id::text AS chat, (m.created_at AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE greatest(m.created_at, m.updated_at::timestamptz) >= nullif(split_part(%(after)s::text, '/', 1), '')::timestamptz

-- name: chats
-- A direct thread without a name is called after its people.
SELECT t.id::text AS chat,
       coalesce(nullif(t.name, ''), (
           SELECT string_agg(coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username), ', ' ORDER BY u.username)
           FROM {thread_participants} AS p JOIN {users} AS u ON u.id = p.user_id WHERE p.thread_id = t.id)) AS title,
       CASE WHEN t.is_direct THEN 'direct' ELSE 'group' END AS kind
FROM {threads} AS t

-- name: people
SELECT p.thread_id::text AS chat, p.user_id::text AS person,
       coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username) AS name
FROM {thread_participants} AS p
JOIN {users} AS u ON u.id = p.user_id

-- name: records_read_state
-- How far each person has read each thread, and since when they are in it.
SELECT p.thread_id::text || '/' || p.user_id::text AS id, p.thread_id::text AS chat,
       jsonb_strip_nulls(to_jsonb(p)) || jsonb_build_object('username', u.username) AS data
FROM {thread_participants} AS p
LEFT JOIN {users} AS u ON u.id = p.user_id

-- name: records_threads
SELECT t.id::text AS id, t.id::text AS chat, to_jsonb(t) AS data FROM {threads} AS t

-- name: records_users
SELECT u.id::text AS id, to_jsonb(u) AS data FROM {users} AS u
