-- Mattermost: posts in channels of teams, answers under their root, times in milliseconds; what is deleted there stays as a row.
-- title: Mattermost

-- name: tables
posts: id createat updateat deleteat userid channelid rootid message type editat? props? hashtags? fileids? hasreactions? ispinned? originalid?
channels: id displayname name type teamid? header? purpose? createat? deleteat? creatorid?
users: id username firstname? lastname? nickname? email? position? createat? deleteat?
teams?: id displayname name
channelmembers?: channelid~channels.id userid~users.id lastviewedat? msgcount? mentioncount? roles?
reactions?: userid~users.id postid~posts.id emojiname createat? deleteat?
fileinfo?: id postid~posts.id name? path? size? mimetype? extension? deleteat? createat?
threads?: postid~posts.id replycount? lastreplyat? participants? channelid?
preferences?: userid category name value?

-- name: indexes
posts: updateat

-- name: messages
-- Earlier texts of edited posts are rows with an originalid: they are not posts of their own.
SELECT m.channelid AS chat, m.id, m.id AS place, to_timestamp(m.createat / 1000.0) AS sent_at,
       CASE WHEN m.type LIKE 'system\_%%' THEN NULL ELSE m.userid END AS person,
       coalesce(nullif(u.nickname, ''), nullif(concat_ws(' ', nullif(u.firstname, ''), nullif(u.lastname, '')), ''), u.username) AS person_name,
       CASE WHEN m.deleteat = 0 THEN m.message END AS text, CASE WHEN m.type LIKE 'system\_%%' THEN 'system' ELSE 'text' END AS kind,
       coalesce(nullif(m.rootid, ''), h.rootid) AS thread, coalesce(p.message, CASE WHEN h.rootid IS NOT NULL THEN m.message END) AS thread_title,
       coalesce(nullif(m.rootid, ''), h.rootid) AS thread_root, nullif(m.rootid, '') AS parent,
       m.deleteat <> 0 AS is_deleted, coalesce(m.editat::bigint, 0) > 0 AS is_edited,
       CASE WHEN m.editat::bigint > 0 THEN to_timestamp(m.editat::bigint / 1000.0) END AS edited_at, f.files AS attachments, r.reactions,
       nullif(jsonb_strip_nulls(jsonb_build_object('props', nullif(m.props::jsonb, '{{}}'), 'hashtags', nullif(m.hashtags, ''),
           'type', nullif(m.type, ''), 'pinned', CASE WHEN m.ispinned::boolean THEN true END)), '{{}}') AS raw
FROM {posts} AS m
LEFT JOIN {users} AS u ON u.id = m.userid
LEFT JOIN {posts} AS p ON p.id = m.rootid
LEFT JOIN (SELECT DISTINCT o.rootid FROM {posts} AS o WHERE o.rootid <> '') AS h ON h.rootid = m.id
LEFT JOIN (SELECT o.postid, jsonb_agg(jsonb_build_object('name', o.name, 'mime', o.mimetype, 'size', o.size::bigint, 'path', o.path)
                  ORDER BY o.createat::bigint, o.id) AS files
             FROM {fileinfo} AS o WHERE coalesce(o.deleteat::bigint, 0) = 0 GROUP BY 1) AS f ON f.postid = m.id
LEFT JOIN (SELECT o.postid, jsonb_agg(jsonb_build_object('emoji', ':' || o.emojiname || ':', 'person', o.userid, 'name',
                  coalesce(nullif(w.nickname, ''), nullif(concat_ws(' ', nullif(w.firstname, ''), nullif(w.lastname, '')), ''), w.username))
                  ORDER BY o.createat::bigint, o.userid) AS reactions
             FROM {reactions} AS o LEFT JOIN {users} AS w ON w.id = o.userid
            WHERE coalesce(o.deleteat::bigint, 0) = 0 GROUP BY 1) AS r ON r.postid = m.id
WHERE coalesce(m.originalid, '') = ''

-- name: marks
-- Every change of a post or its reactions moves updateat, but texts that a tool has changed do not.
SELECT m.channelid AS chat, (to_timestamp(m.createat / 1000.0) AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.message, hashtextextended(m.id, hashint8extended(m.updateat, m.deleteat))) AS digest
FROM {posts} AS m
WHERE coalesce(m.originalid, '') = ''

-- name: cursor
SELECT max(m.updateat)::text AS cursor FROM {posts} AS m

-- name: touched
SELECT m.channelid AS chat, (to_timestamp(m.createat / 1000.0) AT TIME ZONE 'UTC')::date AS day
FROM {posts} AS m
WHERE m.updateat >= %(after)s::text::bigint AND coalesce(m.originalid, '') = ''

-- name: chats
-- A direct channel is named by the ids of its two people.
SELECT c.id AS chat, CASE c.type WHEN 'O' THEN 'channel' WHEN 'D' THEN 'direct' ELSE 'group' END AS kind,
       coalesce(nullif(c.displayname, ''), string_agg(u.username, ', ' ORDER BY u.username), c.name)
           || coalesce(' · ' || nullif(t.displayname, ''), '') AS title,
       nullif(concat_ws(' · ', nullif(c.header, ''), nullif(c.purpose, '')), '') AS topic
FROM {channels} AS c
LEFT JOIN {teams} AS t ON t.id = c.teamid
LEFT JOIN {users} AS u ON c.type = 'D' AND u.id IN (split_part(c.name, '__', 1), split_part(c.name, '__', 2))
GROUP BY c.id, c.type, c.displayname, c.name, c.header, c.purpose, t.displayname

-- name: people
SELECT k.channelid AS chat, k.userid AS person,
       coalesce(nullif(u.nickname, ''), nullif(concat_ws(' ', nullif(u.firstname, ''), nullif(u.lastname, '')), ''), u.username) AS name
FROM {channelmembers} AS k
JOIN {users} AS u ON u.id = k.userid

-- name: records_channels
SELECT c.id, c.id AS chat, to_jsonb(c) AS data FROM {channels} AS c

-- name: records_read_state
SELECT k.channelid || '/' || k.userid AS id, k.channelid AS chat, to_jsonb(k) AS data FROM {channelmembers} AS k

-- name: records_flagged
-- Posts that people have saved.
SELECT f.userid || '/' || f.name AS id, m.channelid AS chat, m.id AS message, to_jsonb(f) || jsonb_build_object('username', u.username) AS data
FROM {preferences} AS f
JOIN {posts} AS m ON m.id = f.name
LEFT JOIN {users} AS u ON u.id = f.userid
WHERE f.category = 'flagged_post'
