-- Synapse, a Matrix server, with the rooms of its bridges: people of other networks are users of it, with the names that their
-- bridge gives them. Edits, reactions and redactions are events that change others. Rooms that are encrypted hold no texts.
-- title: Synapse (Matrix)

-- name: tables
events: event_id type room_id sender origin_server_ts stream_ordering state_key? topological_ordering? rejection_reason?
event_json: event_id json room_id?
event_relations: event_id relates_to_id relation_type aggregation_key?
room_stats_state?: room_id~events.room_id name? topic? canonical_alias? encryption? is_federatable? join_rules? room_type?
room_memberships?: event_id~events.event_id user_id~events.sender room_id~events.room_id membership display_name?
redactions?: event_id~events.event_id redacts~events.event_id
receipts_linearized?: room_id user_id event_id receipt_type stream_id?

-- name: indexes
events: stream_ordering
redactions: redacts

-- name: messages
-- The sender's clock says when; the server's order says what came first. The last edit is the text.
SELECT m.room_id AS chat, m.event_id AS id, m.stream_ordering AS place, to_timestamp(m.origin_server_ts / 1000.0) AS sent_at,
       CASE WHEN m.type = 'm.room.member' THEN NULL ELSE m.sender END AS person, n.display_name AS person_name,
       CASE WHEN d.redacts IS NOT NULL THEN NULL
            WHEN m.type = 'm.room.member' THEN coalesce(j.content ->> 'displayname', m.state_key) || CASE j.content ->> 'membership'
                WHEN 'join' THEN ' joined' WHEN 'leave' THEN ' left' WHEN 'invite' THEN ' was invited' WHEN 'ban' THEN ' was banned'
                ELSE ' ' || coalesce(j.content ->> 'membership', '') END
            ELSE coalesce(e.body, CASE WHEN j.content #>> '{{m.relates_to,m.in_reply_to,event_id}}' IS NOT NULL
                THEN regexp_replace(j.content ->> 'body', '^(> [^\n]*\n)+\n', '') ELSE j.content ->> 'body' END) END AS text,
       CASE WHEN m.type = 'm.room.member' THEN 'system' WHEN m.type = 'm.sticker' THEN 'sticker' WHEN m.type = 'm.room.encrypted' THEN 'encrypted'
            ELSE CASE j.content ->> 'msgtype' WHEN 'm.image' THEN 'image' WHEN 'm.video' THEN 'video' WHEN 'm.audio' THEN 'audio'
                WHEN 'm.file' THEN 'file' WHEN 'm.location' THEN 'location' ELSE 'text' END END AS kind,
       t.relates_to_id AS thread, t.title AS thread_title, t.relates_to_id AS thread_root,
       j.content #>> '{{m.relates_to,m.in_reply_to,event_id}}' AS parent, d.redacts IS NOT NULL AS is_deleted,
       e.body IS NOT NULL AS is_edited, e.edited_at, r.reactions,
       CASE WHEN j.content ? 'url' OR j.content ? 'file' THEN jsonb_build_array(jsonb_build_object(
           'name', coalesce(j.content ->> 'filename', j.content ->> 'body'), 'mime', j.content #>> '{{info,mimetype}}',
           'size', (j.content #>> '{{info,size}}')::numeric::bigint, 'path', coalesce(j.content ->> 'url', j.content #>> '{{file,url}}'))) END AS attachments,
       nullif(j.content - 'body' - 'msgtype' - 'format' - 'ciphertext', '{{}}') AS raw
FROM {events} AS m
JOIN (SELECT o.event_id, (o.json::jsonb) -> 'content' AS content FROM {event_json} AS o) AS j ON j.event_id = m.event_id
LEFT JOIN {redactions} AS d ON d.redacts = m.event_id
LEFT JOIN (SELECT DISTINCT ON (o.relates_to_id) o.relates_to_id, to_timestamp(v.origin_server_ts / 1000.0) AS edited_at,
                  (x.json::jsonb) #>> '{{content,m.new_content,body}}' AS body
             FROM {event_relations} AS o
             JOIN {events} AS v ON v.event_id = o.event_id
             JOIN {events} AS w ON w.event_id = o.relates_to_id AND w.sender = v.sender
             JOIN {event_json} AS x ON x.event_id = o.event_id
            WHERE o.relation_type = 'm.replace' ORDER BY o.relates_to_id, v.stream_ordering DESC) AS e ON e.relates_to_id = m.event_id
LEFT JOIN (SELECT o.relates_to_id, jsonb_agg(jsonb_build_object('emoji', o.aggregation_key, 'person', v.sender) ORDER BY v.stream_ordering) AS reactions
             FROM {event_relations} AS o
             JOIN {events} AS v ON v.event_id = o.event_id
             LEFT JOIN {redactions} AS w ON w.redacts = o.event_id
            WHERE o.relation_type = 'm.annotation' AND o.aggregation_key IS NOT NULL AND w.redacts IS NULL
            GROUP BY 1) AS r ON r.relates_to_id = m.event_id
LEFT JOIN (SELECT k.event_id, k.relates_to_id, x.json::jsonb #>> '{{content,body}}' AS title
             FROM (SELECT o.event_id, o.relates_to_id FROM {event_relations} AS o WHERE o.relation_type = 'm.thread'
                   UNION SELECT o.relates_to_id, o.relates_to_id FROM {event_relations} AS o WHERE o.relation_type = 'm.thread') AS k
             LEFT JOIN {event_json} AS x ON x.event_id = k.relates_to_id) AS t ON t.event_id = m.event_id
LEFT JOIN (SELECT DISTINCT ON (o.room_id, o.user_id) o.room_id, o.user_id, o.display_name
             FROM {room_memberships} AS o JOIN {events} AS v ON v.event_id = o.event_id
            WHERE o.display_name IS NOT NULL ORDER BY o.room_id, o.user_id, v.stream_ordering DESC) AS n
       ON n.room_id = m.room_id AND n.user_id = m.sender
WHERE m.type IN ('m.room.message', 'm.sticker', 'm.room.encrypted', 'm.room.member') AND m.rejection_reason IS NULL
  AND NOT EXISTS (SELECT FROM {event_relations} AS o WHERE o.event_id = m.event_id AND o.relation_type = 'm.replace')

-- name: marks
-- Events never change; what changes them are other events.
SELECT m.room_id AS chat, (to_timestamp(m.origin_server_ts / 1000.0) AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.event_id, 0) AS digest
FROM {events} AS m
WHERE m.type IN ('m.room.message', 'm.sticker', 'm.room.encrypted', 'm.room.member') AND m.rejection_reason IS NULL
  AND NOT EXISTS (SELECT FROM {event_relations} AS o WHERE o.event_id = m.event_id AND o.relation_type = 'm.replace')
UNION ALL
SELECT m.room_id, (to_timestamp(m.origin_server_ts / 1000.0) AT TIME ZONE 'UTC')::date, 0, hashtextextended(k.event_id, 1)
FROM (
    SELECT o.event_id, o.relates_to_id AS about FROM {event_relations} AS o
    UNION ALL
    SELECT d.event_id, d.redacts FROM {redactions} AS d
    UNION ALL
    SELECT d.event_id, o.relates_to_id FROM {redactions} AS d JOIN {event_relations} AS o ON o.event_id = d.redacts
) AS k
JOIN {events} AS m ON m.event_id = k.about
WHERE m.type IN ('m.room.message', 'm.sticker', 'm.room.encrypted', 'm.room.member') AND m.rejection_reason IS NULL

-- name: cursor
SELECT max(m.stream_ordering)::text AS cursor FROM {events} AS m

-- name: touched
SELECT m.room_id AS chat, (to_timestamp(m.origin_server_ts / 1000.0) AT TIME ZONE 'UTC')::date AS day
FROM {events} AS m
WHERE m.stream_ordering > %(after)s::text::bigint
UNION
SELECT m.room_id, (to_timestamp(m.origin_server_ts / 1000.0) AT TIME ZONE 'UTC')::date
FROM {events} AS v
JOIN {event_relations} AS o ON o.event_id = v.event_id
JOIN {events} AS m ON m.event_id = o.relates_to_id
WHERE v.stream_ordering > %(after)s::text::bigint
UNION
SELECT m.room_id, (to_timestamp(m.origin_server_ts / 1000.0) AT TIME ZONE 'UTC')::date
FROM {events} AS v
JOIN {redactions} AS d ON d.event_id = v.event_id
LEFT JOIN {event_relations} AS o ON o.event_id = d.redacts
JOIN {events} AS m ON m.event_id = coalesce(o.relates_to_id, d.redacts)
WHERE v.stream_ordering > %(after)s::text::bigint

-- name: chats
-- A room without a name is called after its members.
SELECT r.room_id AS chat, coalesce(nullif(s.name, ''), s.canonical_alias, string_agg(DISTINCT r.display_name, ', ')) AS title,
       CASE WHEN count(DISTINCT r.user_id) <= 2 AND s.name IS NULL THEN 'direct' WHEN s.canonical_alias IS NOT NULL THEN 'channel' ELSE 'group' END AS kind,
       s.topic
FROM {room_memberships} AS r
LEFT JOIN {room_stats_state} AS s ON s.room_id = r.room_id
GROUP BY r.room_id, s.name, s.canonical_alias, s.topic

-- name: people
SELECT DISTINCT ON (r.room_id, r.user_id) r.room_id AS chat, r.user_id AS person, r.display_name AS name
FROM {room_memberships} AS r
JOIN {events} AS v ON v.event_id = r.event_id
WHERE r.membership IN ('join', 'leave', 'invite')
ORDER BY r.room_id, r.user_id, (r.display_name IS NOT NULL) DESC, v.stream_ordering DESC

-- name: records_rooms
SELECT s.room_id AS id, s.room_id AS chat, to_jsonb(s) AS data FROM {room_stats_state} AS s

-- name: records_read_state
SELECT r.room_id || '/' || r.user_id || '/' || r.receipt_type AS id, r.room_id AS chat, to_jsonb(r) AS data FROM {receipts_linearized} AS r
