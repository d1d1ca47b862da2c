-- Chatwoot: conversations of customers with agents in inboxes; private notes of agents, activities, labels. Times have no zone,
-- and are UTC.
-- title: Chatwoot
-- zone: UTC

-- name: tables
conversations: id display_id inbox_id contact_id status account_id? assignee_id? last_activity_at? agent_last_seen_at? contact_last_seen_at? cached_label_list? additional_attributes? custom_attributes? priority? snoozed_until? created_at? updated_at?
messages: id content conversation_id message_type created_at private content_type sender_type sender_id updated_at? inbox_id? status? source_id? content_attributes? additional_attributes? external_source_ids? processed_message_content? sentiment?
contacts: id name email? phone_number? identifier? additional_attributes? custom_attributes?
inboxes: id name channel_type?
users: id name email? display_name?
attachments?: id message_id~messages.id file_type? external_url? extension? fallback_title? coordinates_lat? coordinates_long? created_at?
active_storage_attachments?: id record_type record_id blob_id
active_storage_blobs?: id filename? content_type? byte_size? key?
csat_survey_responses?: id conversation_id~conversations.id rating? feedback_message? created_at?
labels?: id title description? color?

-- name: indexes
messages: updated_at
messages: created_at

-- name: messages
SELECT m.conversation_id::text AS chat, m.id::text AS id, m.id AS place, m.created_at AS sent_at,
       CASE WHEN m.message_type = 2 THEN NULL
            ELSE coalesce(lower(m.sender_type) || '/' || m.sender_id::text, CASE m.message_type WHEN 0 THEN 'contact/' || c.contact_id ELSE 'bot' END)
       END AS person,
       CASE WHEN m.sender_type = 'Contact' OR (m.sender_id IS NULL AND m.message_type = 0) THEN coalesce(nullif(p.name, ''), p.phone_number, p.email)
            WHEN m.sender_type = 'User' THEN coalesce(nullif(u.display_name, ''), u.name) ELSE 'Bot' END AS person_name,
       m.content AS text, CASE WHEN m.message_type = 2 THEN 'system' ELSE 'text' END AS kind,
       m.content_attributes::jsonb ->> 'in_reply_to' AS parent, coalesce((m.content_attributes::jsonb ->> 'deleted')::boolean, false) AS is_deleted,
       f.files AS attachments,
       jsonb_strip_nulls(jsonb_build_object('status', CASE m.status::int WHEN 0 THEN 'sent' WHEN 1 THEN 'delivered' WHEN 2 THEN 'read' WHEN 3 THEN 'failed' END,
           'direction', CASE m.message_type WHEN 0 THEN 'incoming' WHEN 1 THEN 'outgoing' WHEN 3 THEN 'template' END,
           'private', CASE WHEN m.private THEN true END, 'content_type', nullif(m.content_type::int, 0), 'source_id', m.source_id,
           'content_attributes', CASE WHEN m.content_attributes::text <> '{{}}' THEN m.content_attributes::jsonb END,
           'additional_attributes', nullif(m.additional_attributes::jsonb, '{{}}'), 'sentiment', nullif(m.sentiment::jsonb, '{{}}'),
           'coordinates', f.coordinates)) AS raw
FROM {messages} AS m
JOIN {conversations} AS c ON c.id = m.conversation_id
LEFT JOIN {contacts} AS p ON p.id = CASE WHEN m.sender_type = 'Contact' THEN m.sender_id ELSE c.contact_id END
LEFT JOIN {users} AS u ON m.sender_type = 'User' AND u.id = m.sender_id
LEFT JOIN (SELECT a.message_id, jsonb_agg(a.coordinates_lat || ',' || a.coordinates_long) FILTER (WHERE a.coordinates_lat::float8 <> 0) AS coordinates,
                  jsonb_agg(jsonb_build_object('name', coalesce(b.filename, a.fallback_title), 'mime', b.content_type,
                      'size', b.byte_size::bigint, 'path', coalesce(b.key, a.external_url)) ORDER BY a.id) AS files
             FROM {attachments} AS a
             LEFT JOIN {active_storage_attachments} AS o ON o.record_type = 'Attachment' AND o.record_id::text = a.id::text
             LEFT JOIN {active_storage_blobs} AS b ON b.id::text = o.blob_id::text
            GROUP BY 1) AS f ON f.message_id = m.id

-- name: marks
SELECT m.conversation_id::text AS chat, (m.created_at AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(coalesce(m.content, ''), hashint8extended(m.id, hashtextextended(
           concat_ws('/', m.updated_at, m.created_at, m.status, m.private, m.sender_type, m.sender_id, m.content_attributes), 0))) AS digest
FROM {messages} AS m

-- name: cursor
SELECT format('%%s/%%s', max(m.id), max(m.updated_at::timestamptz)) AS cursor FROM {messages} AS m

-- name: touched
SELECT m.conversation_id::text AS chat, (m.created_at AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE m.id > coalesce(nullif(split_part(%(after)s::text, '/', 1), '')::bigint, 0)
   OR m.updated_at::timestamptz > nullif(split_part(%(after)s::text, '/', 2), '')::timestamptz

-- name: chats
SELECT c.id::text AS chat, coalesce(nullif(p.name, ''), p.phone_number, p.email, p.identifier, '#' || c.display_id) || ' #' || c.display_id AS title,
       'direct' AS kind, concat_ws(' · ', i.name, nullif(c.cached_label_list, '')) AS topic
FROM {conversations} AS c
LEFT JOIN {contacts} AS p ON p.id = c.contact_id
LEFT JOIN {inboxes} AS i ON i.id = c.inbox_id

-- name: records_conversations
-- status: 0 open, 1 resolved, 2 pending, 3 snoozed.
SELECT c.id::text AS id, c.id::text AS chat,
       to_jsonb(c) || jsonb_build_object('inbox', i.name, 'assignee', u.name,
           'state', (ARRAY['open', 'resolved', 'pending', 'snoozed'])[c.status + 1]) AS data
FROM {conversations} AS c
LEFT JOIN {inboxes} AS i ON i.id = c.inbox_id
LEFT JOIN {users} AS u ON u.id::text = c.assignee_id::text

-- name: records_contacts
SELECT p.id::text AS id, to_jsonb(p) AS data FROM {contacts} AS p

-- name: records_ratings
SELECT r.id::text AS id, r.conversation_id::text AS chat, to_jsonb(r) AS data FROM {csat_survey_responses} AS r

-- name: records_labels
SELECT l.id::text AS id, to_jsonb(l) AS data FROM {labels} AS l
