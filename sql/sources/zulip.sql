-- Zulip: channels whose messages have topics, which are threads here, and direct messages. What is deleted there leaves the table.
-- title: Zulip

-- name: tables
zerver_message: id sender_id recipient_id subject content date_sent realm_id? last_edit_time? edit_history? is_channel_message? has_attachment? sending_client_id?
zerver_recipient: id type type_id
zerver_stream: id name description? invite_only? realm_id?
zerver_userprofile: id full_name delivery_email? email? is_bot?
zerver_reaction?: id message_id~zerver_message.id user_profile_id~zerver_userprofile.id emoji_name? emoji_code? reaction_type?
zerver_attachment?: id file_name? path_id? size? content_type? is_message_realm_public?
zerver_attachment_messages?: id attachment_id~zerver_attachment.id message_id~zerver_message.id
zerver_subscription?: id user_profile_id~zerver_userprofile.id recipient_id~zerver_recipient.id active?
zerver_usertopic?: id stream_id topic_name user_profile_id visibility_policy? last_updated?

-- name: indexes
zerver_message: last_edit_time

-- name: messages
-- A direct message between two is of the pair, whoever of them wrote it.
SELECT CASE r.type WHEN 2 THEN 'channel/' || r.type_id WHEN 3 THEN 'group/' || r.id
            ELSE 'direct/' || least(m.sender_id, r.type_id) || '-' || greatest(m.sender_id, r.type_id) END AS chat,
       m.id::text AS id, m.id AS place, m.date_sent AS sent_at, m.sender_id::text AS person, u.full_name AS person_name, m.content AS text,
       CASE WHEN r.type = 2 THEN m.subject END AS thread, CASE WHEN r.type = 2 THEN coalesce(nullif(m.subject, ''), 'general chat') END AS thread_title,
       m.last_edit_time IS NOT NULL AS is_edited, m.last_edit_time::timestamptz AS edited_at, f.files AS attachments, e.reactions,
       nullif(jsonb_strip_nulls(jsonb_build_object('edit_history', m.edit_history::jsonb)), '{{}}') AS raw
FROM {zerver_message} AS m
JOIN {zerver_recipient} AS r ON r.id = m.recipient_id
LEFT JOIN {zerver_userprofile} AS u ON u.id = m.sender_id
LEFT JOIN (SELECT o.message_id, jsonb_agg(jsonb_build_object('person', o.user_profile_id::text, 'name', w.full_name, 'emoji',
                  CASE WHEN o.reaction_type = 'unicode_emoji' AND o.emoji_code ~ '^[0-9a-f]+(-[0-9a-f]+)*$' THEN (
                      SELECT string_agg(chr(('x' || lpad(k.code, 8, '0'))::bit(32)::int), '' ORDER BY k.n)
                      FROM regexp_split_to_table(o.emoji_code, '-') WITH ORDINALITY AS k (code, n))
                  ELSE ':' || o.emoji_name || ':' END) ORDER BY o.id) AS reactions
             FROM {zerver_reaction} AS o LEFT JOIN {zerver_userprofile} AS w ON w.id = o.user_profile_id
            GROUP BY 1) AS e ON e.message_id = m.id
LEFT JOIN (SELECT k.message_id, jsonb_agg(jsonb_build_object('name', o.file_name, 'mime', o.content_type, 'size', o.size::bigint,
                  'path', o.path_id) ORDER BY o.id) AS files
             FROM {zerver_attachment_messages} AS k JOIN {zerver_attachment} AS o ON o.id = k.attachment_id
            GROUP BY 1) AS f ON f.message_id = m.id

-- name: marks
SELECT CASE r.type WHEN 2 THEN 'channel/' || r.type_id WHEN 3 THEN 'group/' || r.id
            ELSE 'direct/' || least(m.sender_id, r.type_id) || '-' || greatest(m.sender_id, r.type_id) END AS chat,
       (m.date_sent AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.content, hashint8extended(m.id, hashtextextended(
           concat_ws('/', m.subject, m.date_sent, m.last_edit_time, m.sender_id), 0))) AS digest
FROM {zerver_message} AS m
JOIN {zerver_recipient} AS r ON r.id = m.recipient_id
UNION ALL
SELECT CASE r.type WHEN 2 THEN 'channel/' || r.type_id WHEN 3 THEN 'group/' || r.id
            ELSE 'direct/' || least(m.sender_id, r.type_id) || '-' || greatest(m.sender_id, r.type_id) END,
       (m.date_sent AT TIME ZONE 'UTC')::date, 0, k.digest
FROM (
    SELECT o.message_id, hashtextextended(concat_ws('/', o.id, o.emoji_name, o.user_profile_id), 1) AS digest FROM {zerver_reaction} AS o
    UNION ALL
    SELECT o.message_id, hashtextextended(concat_ws('/', o.id, o.attachment_id), 2) FROM {zerver_attachment_messages} AS o
) AS k
JOIN {zerver_message} AS m ON m.id = k.message_id
JOIN {zerver_recipient} AS r ON r.id = m.recipient_id

-- name: cursor
SELECT format('%%s/%%s/%%s', (SELECT max(m.id) FROM {zerver_message} AS m),
    (SELECT coalesce(max(m.last_edit_time::timestamptz)::text, '-infinity') FROM {zerver_message} AS m),
    (SELECT max(e.id) FROM {zerver_reaction} AS e)) AS cursor

-- name: touched
SELECT CASE r.type WHEN 2 THEN 'channel/' || r.type_id WHEN 3 THEN 'group/' || r.id
            ELSE 'direct/' || least(m.sender_id, r.type_id) || '-' || greatest(m.sender_id, r.type_id) END AS chat,
       (m.date_sent AT TIME ZONE 'UTC')::date AS day
FROM {zerver_message} AS m
JOIN {zerver_recipient} AS r ON r.id = m.recipient_id
WHERE m.id > coalesce(nullif(split_part(%(after)s::text, '/', 1), '')::bigint, 0)
   OR m.last_edit_time::timestamptz > split_part(%(after)s::text, '/', 2)::timestamptz
   OR m.id IN (SELECT e.message_id FROM {zerver_reaction} AS e
                WHERE e.id > coalesce(nullif(split_part(%(after)s::text, '/', 3), '')::bigint, 0))

-- name: chats
SELECT 'channel/' || s.id AS chat, s.name AS title, 'channel' AS kind, nullif(s.description, '') AS topic FROM {zerver_stream} AS s
UNION ALL
SELECT 'group/' || r.id, string_agg(u.full_name, ', ' ORDER BY u.full_name, u.id), CASE WHEN count(*) <= 2 THEN 'direct' ELSE 'group' END, NULL
FROM {zerver_recipient} AS r
JOIN {zerver_subscription} AS k ON k.recipient_id = r.id
JOIN {zerver_userprofile} AS u ON u.id = k.user_profile_id
WHERE r.type = 3
GROUP BY r.id
UNION ALL
SELECT 'direct/' || k.one || '-' || k.other, concat_ws(', ', u.full_name, CASE WHEN k.other <> k.one THEN w.full_name END), 'direct', NULL
FROM (SELECT DISTINCT least(m.sender_id, r.type_id) AS one, greatest(m.sender_id, r.type_id) AS other
        FROM {zerver_message} AS m JOIN {zerver_recipient} AS r ON r.id = m.recipient_id WHERE r.type = 1) AS k
LEFT JOIN {zerver_userprofile} AS u ON u.id = k.one
LEFT JOIN {zerver_userprofile} AS w ON w.id = k.other

-- name: people
SELECT CASE r.type WHEN 2 THEN 'channel/' || r.type_id ELSE 'group/' || r.id END AS chat, u.id::text AS person, u.full_name AS name
FROM {zerver_subscription} AS k
JOIN {zerver_recipient} AS r ON r.id = k.recipient_id
JOIN {zerver_userprofile} AS u ON u.id = k.user_profile_id
WHERE r.type IN (2, 3)

-- name: records_topics
-- Which topics people follow or have muted.
SELECT t.id::text AS id, 'channel/' || t.stream_id AS chat, to_jsonb(t) AS data FROM {zerver_usertopic} AS t
