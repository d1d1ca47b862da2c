-- A platform for analysing conversations: messages with entities and sentiment, people's bookmarks and annotations, roles and an
-- audit trail.
-- title: Conversation analysis

-- name: tables
users: id email? full_name? preferences? created_at? updated_at? last_login? is_active? deleted_at?
conversations: id source_type title owner_id? metadata? started_at? ended_at? imported_at? message_count? status? deleted_at?
participants: id conversation_id display_name phone_number? avatar_url? is_business? metadata? first_message_at? last_message_at?
messages: id conversation_id sender_id content sent_at message_id? message_type? metadata? is_deleted? is_edited? processed_at?
message_attachments?: id message_id~messages.id attachment_type? file_name? storage_path? file_size? mime_type? metadata?
message_entities?: id message_id~messages.id entity_type? entity_value? start_position? end_position? confidence_score?
message_sentiment?: message_id~messages.id polarity? subjectivity? sentiment_label? emotion_scores? analyzed_at?
bookmarks?: id user_id~users.id conversation_id message_id title? notes? created_at
annotations?: id user_id~users.id conversation_id message_id content category? tags? created_at updated_at?
roles?: id name description? created_at?
permissions?: id resource action description?
user_roles?: user_id~users.id role_id~roles.id assigned_at? expires_at?
role_permissions?: role_id~roles.id permission_id~permissions.id
audit_logs?: id user_id? action resource_type? resource_id? changes? ip_address? user_agent? created_at?
conversation_analytics?: id conversation_id job_id? analysis_date? daily_stats? participant_stats? keyword_frequencies? response_times? sentiment_trends? created_at?
analytics_jobs?: id job_type? status? parameters? scheduled_at? started_at? completed_at? error_message?
export_jobs?: id user_id? conversation_id? export_format? filters? status? requested_at? completed_at? error_message?
export_files?: id job_id file_name? storage_path? file_size? expires_at?

-- name: indexes
messages: sent_at

-- name: messages
-- Parts are gathered once, not for each message: they need have no index.
SELECT m.conversation_id::text AS chat, m.id::text AS id, m.sent_at, m.id AS place, m.sender_id::text AS person,
       coalesce(p.display_name, p.phone_number) AS person_name, m.content AS text, m.message_type AS kind,
       coalesce(m.is_edited::boolean, false) AS is_edited, coalesce(m.is_deleted::boolean, false) AS is_deleted, a.attachments,
       nullif(jsonb_strip_nulls(jsonb_build_object('message_id', m.message_id, 'metadata', m.metadata::jsonb,
           'processed_at', m.processed_at, 'entities', e.entities, 'sentiment', s.sentiment)), '{{}}') AS raw
FROM {messages} AS m
LEFT JOIN {participants} AS p ON p.id = m.sender_id
LEFT JOIN (SELECT o.message_id, jsonb_agg(jsonb_build_object('name', o.file_name, 'mime', o.mime_type,
                  'size', o.file_size::bigint, 'path', o.storage_path) ORDER BY o.id) AS attachments
             FROM {message_attachments} AS o GROUP BY 1) AS a ON a.message_id = m.id
LEFT JOIN (SELECT o.message_id, jsonb_agg(jsonb_strip_nulls(to_jsonb(o)) - 'message_id' - 'id'
                  ORDER BY o.start_position::int, o.id) AS entities
             FROM {message_entities} AS o GROUP BY 1) AS e ON e.message_id = m.id
LEFT JOIN (SELECT o.message_id, jsonb_strip_nulls(to_jsonb(o)) - 'message_id' AS sentiment
             FROM {message_sentiment} AS o) AS s ON s.message_id = m.id

-- name: marks
SELECT m.conversation_id::text AS chat, (m.sent_at AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(coalesce(m.content, ''), hashtextextended(m.id::text, hashtextextended(concat_ws('/', m.sent_at,
           m.sender_id, m.message_type, m.is_deleted, m.is_edited, m.processed_at, m.metadata), 0))) AS digest
FROM {messages} AS m
UNION ALL
SELECT m.conversation_id::text, (m.sent_at AT TIME ZONE 'UTC')::date, 0, o.digest
FROM (
    SELECT a.message_id, hashtextextended(a::text, 0) AS digest FROM {message_attachments} AS a
    UNION ALL
    SELECT e.message_id, hashtextextended(e::text, 0) FROM {message_entities} AS e
    UNION ALL
    SELECT s.message_id, hashtextextended(s::text, 0) FROM {message_sentiment} AS s
) AS o
JOIN {messages} AS m ON m.id = o.message_id

-- name: cursor
SELECT format('%%s/%%s/%%s', max(m.sent_at), max(m.processed_at::timestamptz), count(*)) AS cursor FROM {messages} AS m

-- name: touched
SELECT m.conversation_id::text AS chat, (m.sent_at AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE m.sent_at >= nullif(split_part(%(after)s::text, '/', 1), '')::timestamptz
   OR m.processed_at::timestamptz >= nullif(split_part(%(after)s::text, '/', 2), '')::timestamptz

-- name: chats
SELECT c.id::text AS chat, c.title, CASE WHEN count(p.id) <= 2 THEN 'direct' ELSE 'group' END AS kind
FROM {conversations} AS c
LEFT JOIN {participants} AS p ON p.conversation_id = c.id
GROUP BY c.id, c.title

-- name: people
SELECT p.conversation_id::text AS chat, p.id::text AS person, coalesce(p.display_name, p.phone_number) AS name
FROM {participants} AS p

-- name: bookmarks
SELECT b.id::text AS id, b.conversation_id::text AS chat, b.message_id::text AS message, u.full_name AS author, b.title,
       b.notes, b.created_at::timestamptz AS created_at
FROM {bookmarks} AS b
LEFT JOIN {users} AS u ON u.id = b.user_id
WHERE b.message_id IS NOT NULL
ORDER BY b.id

-- name: annotations
SELECT n.id::text AS id, n.conversation_id::text AS chat, n.message_id::text AS message, u.full_name AS author,
       n.content AS text, n.category, n.created_at::timestamptz AS created_at, n.updated_at::timestamptz AS updated_at,
       CASE WHEN jsonb_typeof(n.tags::jsonb) = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(n.tags::jsonb)) END AS tags
FROM {annotations} AS n
LEFT JOIN {users} AS u ON u.id = n.user_id
WHERE n.message_id IS NOT NULL
ORDER BY n.id

-- name: records_notes_on_chats
-- Notes that are about a whole conversation.
SELECT b.id::text AS id, b.conversation_id::text AS chat, to_jsonb(b) AS data FROM {bookmarks} AS b WHERE b.message_id IS NULL
UNION ALL
SELECT n.id::text, n.conversation_id::text, to_jsonb(n) FROM {annotations} AS n WHERE n.message_id IS NULL

-- name: records_conversations
SELECT c.id::text AS id, c.id::text AS chat, to_jsonb(c) AS data FROM {conversations} AS c

-- name: records_participants
SELECT p.id::text AS id, p.conversation_id::text AS chat, to_jsonb(p) AS data FROM {participants} AS p

-- name: records_analytics
SELECT a.id::text AS id, a.conversation_id::text AS chat, to_jsonb(a) AS data FROM {conversation_analytics} AS a

-- name: records_users
SELECT u.id::text AS id, to_jsonb(u) AS data FROM {users} AS u

-- name: records_roles
SELECT r.id::text AS id,
       to_jsonb(r) || jsonb_build_object(
           'users', (SELECT jsonb_agg(to_jsonb(o) - 'role_id' ORDER BY o.user_id) FROM {user_roles} AS o WHERE o.role_id = r.id),
           'permissions', (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.id) FROM {role_permissions} AS o
                             JOIN {permissions} AS p ON p.id = o.permission_id WHERE o.role_id = r.id)) AS data
FROM {roles} AS r

-- name: records_audit_logs
-- What was done to a conversation or a message stands there; the rest is of the whole source. Each tells by whom, and in which roles.
SELECT l.id::text AS id, coalesce(m.conversation_id, c.id)::text AS chat, m.id::text AS message,
       to_jsonb(l) || jsonb_build_object('user', u.full_name, 'roles', (
           SELECT jsonb_agg(r.name ORDER BY r.name) FROM {user_roles} AS o JOIN {roles} AS r ON r.id = o.role_id
            WHERE o.user_id::text = l.user_id::text)) AS data
FROM {audit_logs} AS l
LEFT JOIN {users} AS u ON u.id::text = l.user_id::text
LEFT JOIN {messages} AS m ON l.resource_type IN ('message', 'messages') AND m.id::text = l.resource_id::text
LEFT JOIN {conversations} AS c ON l.resource_type IN ('conversation', 'conversations') AND c.id::text = l.resource_id::text

-- name: records_jobs
SELECT 'analytics/' || j.id::text AS id, NULL::text AS chat, to_jsonb(j) AS data FROM {analytics_jobs} AS j
UNION ALL
SELECT 'export/' || j.id::text, j.conversation_id::text,
       to_jsonb(j) || jsonb_build_object('files', (SELECT jsonb_agg(to_jsonb(f)) FROM {export_files} AS f WHERE f.job_id::text = j.id::text))
FROM {export_jobs} AS j
