-- Evolution API 2: WhatsApp as its library has it, one instance a telephone. Names are in mixed case, times are unix seconds.
-- title: Evolution API

-- name: tables
Instance: id name ownerJid? connectionStatus? number? profileName?
Chat: id remoteJid instanceId name? labels? unreadMessages? createdAt? updatedAt?
Contact?: remoteJid instanceId~Instance.id pushName? profilePicUrl? createdAt? updatedAt?
Message: id key messageType message messageTimestamp@ instanceId pushName? participant? contextInfo? source? status? chatwootMessageId? webhookUrl? sessionId?
MessageUpdate?: id messageId~Message.id status keyId? remoteJid? fromMe? participant? pollUpdates?
Media?: id messageId~Message.id fileName? type? mimetype? createdAt?
Label?: id labelId? name? color? instanceId?

-- name: indexes
Message: messageTimestamp

-- name: messages
-- A chat is an instance's: two telephones may know the same JID. A message is named by WhatsApp's own id, as answers and reactions
-- name it. Reactions are messages of their own there, and are shown on what they are about.
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid') AS chat, m.key ->> 'id' AS id, m.id AS place,
       m."messageTimestamp" AS sent_at,
       CASE WHEN (m.key ->> 'fromMe')::boolean THEN coalesce(i."ownerJid", 'me')
            ELSE coalesce(m.key ->> 'participant', m.participant, m.key ->> 'remoteJid') END AS person,
       CASE WHEN (m.key ->> 'fromMe')::boolean THEN coalesce(nullif(i."profileName", ''), i.name)
            ELSE coalesce(m."pushName", c."pushName") END AS person_name,
       (m.key ->> 'fromMe')::boolean AS is_owner,
       coalesce(m.message ->> 'conversation', m.message #>> '{{extendedTextMessage,text}}', m.message #>> '{{imageMessage,caption}}',
           m.message #>> '{{videoMessage,caption}}', m.message #>> '{{documentMessage,caption}}',
           m.message #>> '{{documentWithCaptionMessage,message,documentMessage,caption}}',
           m.message #>> '{{editedMessage,message,protocolMessage,editedMessage,conversation}}',
           m.message #>> '{{buttonsResponseMessage,selectedDisplayText}}', m.message #>> '{{listResponseMessage,title}}',
           m.message #>> '{{templateButtonReplyMessage,selectedDisplayText}}', m.message #>> '{{pollCreationMessage,name}}',
           m.message #>> '{{pollCreationMessageV3,name}}', m.message #>> '{{contactMessage,displayName}}',
           m.message #>> '{{locationMessage,name}}', m.message #>> '{{reactionMessage,text}}') AS text,
       m."messageType" AS kind,
       coalesce(m."contextInfo"::jsonb ->> 'stanzaId', m.message #>> '{{extendedTextMessage,contextInfo,stanzaId}}') AS parent, coalesce(u.is_deleted, false) AS is_deleted,
       coalesce(u.is_edited, false) AS is_edited, r.reactions,
       coalesce(f.files, CASE WHEN m."messageType" IN ('imageMessage', 'videoMessage', 'audioMessage', 'documentMessage', 'stickerMessage')
           THEN jsonb_build_array(jsonb_build_object(
               'name', m.message #>> ARRAY[m."messageType", 'fileName'], 'mime', m.message #>> ARRAY[m."messageType", 'mimetype'],
               'path', coalesce(m.message ->> 'mediaUrl', m.message #>> ARRAY[m."messageType", 'url']))) END) AS attachments,
       jsonb_strip_nulls(jsonb_build_object('key', m.key, 'messageType', m."messageType", 'source', m.source,
           'status', coalesce(u.status, m.status), 'message', m.message - 'base64', 'contextInfo', m."contextInfo"::jsonb,
           'pollUpdates', u.polls)) AS raw
FROM {Message} AS m
JOIN {Instance} AS i ON i.id = m."instanceId"
LEFT JOIN (SELECT o."instanceId", o."remoteJid", max(o."pushName") AS "pushName" FROM {Contact} AS o GROUP BY 1, 2) AS c
       ON c."instanceId" = m."instanceId" AND c."remoteJid" = coalesce(m.key ->> 'participant', m.participant, m.key ->> 'remoteJid')
LEFT JOIN (SELECT o."messageId", (array_agg(o.status ORDER BY o.id DESC))[1] AS status,
                  bool_or(o.status = 'DELETED') AS is_deleted, bool_or(o.status = 'EDITED') AS is_edited,
                  jsonb_agg(o."pollUpdates"::jsonb) FILTER (WHERE o."pollUpdates" IS NOT NULL) AS polls
             FROM {MessageUpdate} AS o GROUP BY 1) AS u ON u."messageId" = m.id
LEFT JOIN (SELECT o."messageId", jsonb_agg(jsonb_build_object('name', o."fileName", 'mime', o.mimetype, 'path', o."fileName")
                  ORDER BY o.id) AS files FROM {Media} AS o GROUP BY 1) AS f ON f."messageId" = m.id
LEFT JOIN (SELECT o."instanceId", o.message #>> '{{reactionMessage,key,id}}' AS key_id, jsonb_agg(jsonb_build_object(
                  'emoji', o.message #>> '{{reactionMessage,text}}', 'name', o."pushName", 'person',
                  CASE WHEN (o.key ->> 'fromMe')::boolean THEN coalesce(w."ownerJid", 'me')
                       ELSE coalesce(o.key ->> 'participant', o.participant, o.key ->> 'remoteJid') END)
                  ORDER BY o."messageTimestamp", o.id) AS reactions
             FROM {Message} AS o JOIN {Instance} AS w ON w.id = o."instanceId"
            WHERE o."messageType" = 'reactionMessage' AND o.message #>> '{{reactionMessage,text}}' <> ''
            GROUP BY 1, 2) AS r ON r."instanceId" = m."instanceId" AND r.key_id = m.key ->> 'id'
WHERE m."messageType" NOT IN ('reactionMessage', 'protocolMessage', 'senderKeyDistributionMessage')

-- name: marks
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid') AS chat,
       (m."messageTimestamp" AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.message::text, hashtextextended(m.id::text, hashtextextended(concat_ws('/', m."messageTimestamp",
           m."messageType", m.key, m."pushName", m.participant, m.status, m."contextInfo"), 0))) AS digest
FROM {Message} AS m
WHERE m."messageType" NOT IN ('reactionMessage', 'protocolMessage', 'senderKeyDistributionMessage')
UNION ALL
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid'), (m."messageTimestamp" AT TIME ZONE 'UTC')::date, 0,
       hashtextextended(u::text, 0)
FROM {MessageUpdate} AS u JOIN {Message} AS m ON m.id = u."messageId"
WHERE m."messageType" NOT IN ('reactionMessage', 'protocolMessage', 'senderKeyDistributionMessage')
UNION ALL
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid'), (m."messageTimestamp" AT TIME ZONE 'UTC')::date, 0,
       hashtextextended(r.message::text, 0)
FROM {Message} AS r
JOIN {Message} AS m ON m."instanceId" = r."instanceId" AND m.key ->> 'id' = r.message #>> '{{reactionMessage,key,id}}'
WHERE r."messageType" = 'reactionMessage'
  AND m."messageType" NOT IN ('reactionMessage', 'protocolMessage', 'senderKeyDistributionMessage')

-- name: cursor
-- Its ids grow with time.
SELECT format('%%s/%%s', (SELECT max(m.id) FROM {Message} AS m), (SELECT max(u.id) FROM {MessageUpdate} AS u)) AS cursor

-- name: touched
-- With the days of what new states and reactions are about.
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid') AS chat,
       (m."messageTimestamp" AT TIME ZONE 'UTC')::date AS day
FROM {Message} AS m
WHERE m.id > split_part(%(after)s::text, '/', 1)
UNION
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid'), (m."messageTimestamp" AT TIME ZONE 'UTC')::date
FROM {MessageUpdate} AS u
JOIN {Message} AS m ON m.id = u."messageId"
WHERE u.id > split_part(%(after)s::text, '/', 2)
UNION
SELECT m."instanceId"::text || '/' || (m.key ->> 'remoteJid'), (m."messageTimestamp" AT TIME ZONE 'UTC')::date
FROM {Message} AS r
JOIN {Message} AS m ON m."instanceId" = r."instanceId" AND m.key ->> 'id' = r.message #>> '{{reactionMessage,key,id}}'
WHERE r.id > split_part(%(after)s::text, '/', 1) AND r."messageType" = 'reactionMessage'

-- name: chats
-- A chat without a name is called after its contact, else by its JID.
SELECT k.chat, coalesce(max(k.name), max(k.jid)) AS title,
       CASE WHEN max(k.jid) LIKE '%%@g.us' THEN 'group' WHEN max(k.jid) LIKE '%%@newsletter' THEN 'channel' ELSE 'direct' END AS kind
FROM (
    SELECT c."instanceId"::text || '/' || c."remoteJid" AS chat, c."remoteJid" AS jid, nullif(c.name, '') AS name FROM {Chat} AS c
    UNION ALL
    SELECT o."instanceId"::text || '/' || o."remoteJid", o."remoteJid", nullif(o."pushName", '')
    FROM {Contact} AS o JOIN {Chat} AS c ON c."instanceId" = o."instanceId" AND c."remoteJid" = o."remoteJid"
    WHERE coalesce(c.name, '') = ''
) AS k
GROUP BY k.chat

-- name: records_chats
SELECT c.id::text AS id, c."instanceId"::text || '/' || c."remoteJid" AS chat, to_jsonb(c) AS data FROM {Chat} AS c

-- name: records_labels
SELECT l.id::text AS id, to_jsonb(l) AS data FROM {Label} AS l

-- name: records_instances
SELECT i.id::text AS id, to_jsonb(i) AS data FROM {Instance} AS i
