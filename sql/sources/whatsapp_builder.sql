-- A builder of WhatsApp chatbots: a payload in JSON for each kind of message, delivery states, the 24-hour window, and bots with
-- the state of their flows. Secrets of its configuration are not read.
-- title: WhatsApp builder

-- name: tables
users: id phoneNumber name avatar? createdAt? updatedAt?
conversations: id lastMessage? lastMessageAt? lastCustomerMessageAt? isWindowOpen? createdAt? updatedAt?
conversation_participants?: conversationId?~conversations.id userId?~users.id conversationsId?~conversations.id usersId?~users.id
messages: id conversationId senderId type content status timestamp createdAt? updatedAt?
chatbots?: id name? description? nodes? edges? isActive? status? metadata? createdAt? updatedAt?
conversation_contexts?: id conversationId~conversations.id chatbotId?~chatbots.id currentNodeId? variables? nodeHistory? isActive? createdAt? updatedAt?
whatsapp_config?: id phoneNumberId? businessAccountId? isActive? createdAt? updatedAt?

-- name: indexes
messages: conversationId, timestamp
messages: updatedAt

-- name: messages
-- Reactions are messages of their own there; they are shown on what they are about, too.
SELECT m."conversationId"::text AS chat, m.id::text AS id, m.timestamp AS sent_at, m.id AS place, m."senderId"::text AS person,
       coalesce(u.name, u."phoneNumber") AS person_name, m.type AS kind,
       coalesce(
           CASE jsonb_typeof(m.content) WHEN 'string' THEN m.content #>> '{{}}' END,
           CASE jsonb_typeof(m.content -> 'text') WHEN 'string' THEN m.content ->> 'text' END,
           CASE jsonb_typeof(m.content -> 'body') WHEN 'string' THEN m.content ->> 'body' END,
           m.content #>> '{{text,body}}', m.content #>> '{{body,text}}', m.content ->> 'caption',
           m.content #>> ARRAY[m.type, 'caption'], m.content #>> ARRAY[m.type, 'body', 'text'], m.content #>> ARRAY[m.type, 'body'],
           m.content #>> '{{interactive,button_reply,title}}',
           m.content #>> '{{interactive,list_reply,title}}', m.content #>> '{{button_reply,title}}',
           m.content #>> '{{list_reply,title}}', m.content #>> '{{buttonReply,title}}', m.content #>> '{{listReply,title}}',
           m.content #>> '{{button,text}}', m.content ->> 'title', m.content ->> 'emoji', m.content #>> '{{reaction,emoji}}') AS text,
       coalesce(m.content ->> 'replyTo', m.content #>> '{{context,message_id}}', m.content #>> '{{context,messageId}}',
           m.content #>> '{{context,id}}') AS parent,
       CASE WHEN m.type IN ('image', 'video', 'document', 'audio', 'sticker') THEN jsonb_build_array(jsonb_build_object(
           'name', coalesce(m.content ->> 'filename', m.content ->> 'fileName', m.content #>> ARRAY[m.type, 'filename'],
               regexp_replace(coalesce(m.content ->> 'url', m.content ->> 'link', m.content ->> 'mediaUrl'), '^.*/', '')),
           'mime', coalesce(m.content ->> 'mimeType', m.content ->> 'mime_type', m.content #>> ARRAY[m.type, 'mime_type']),
           'path', coalesce(m.content ->> 'url', m.content ->> 'link', m.content ->> 'mediaUrl', m.content #>> ARRAY[m.type, 'link'],
               m.content #>> ARRAY[m.type, 'id'], m.content ->> 'mediaId'))) END AS attachments,
       r.reactions, jsonb_build_object('status', m.status, 'type', m.type, 'content', m.content) AS raw
FROM {messages} AS m
LEFT JOIN {users} AS u ON u.id = m."senderId"
LEFT JOIN (SELECT coalesce(o.content ->> 'messageId', o.content ->> 'message_id', o.content #>> '{{reaction,message_id}}') AS target,
                  jsonb_agg(jsonb_build_object('emoji', coalesce(o.content ->> 'emoji', o.content #>> '{{reaction,emoji}}'),
                      'person', o."senderId"::text, 'name', coalesce(w.name, w."phoneNumber")) ORDER BY o.timestamp, o.id) AS reactions
             FROM {messages} AS o
             LEFT JOIN {users} AS w ON w.id = o."senderId"
            WHERE o.type = 'reaction' GROUP BY 1) AS r ON r.target = m.id::text

-- name: marks
SELECT m."conversationId"::text AS chat, (m.timestamp AT TIME ZONE 'UTC')::date AS day, 1 AS messages,
       hashtextextended(m.content::text, hashtextextended(m.id::text, hashtextextended(
           concat_ws('/', m.timestamp, m."senderId", m.type, m.status), 0))) AS digest
FROM {messages} AS m
UNION ALL
SELECT m."conversationId"::text, (m.timestamp AT TIME ZONE 'UTC')::date, 0, hashtextextended(o.content::text, 0)
FROM {messages} AS o
JOIN {messages} AS m
  ON m.id::text = coalesce(o.content ->> 'messageId', o.content ->> 'message_id', o.content #>> '{{reaction,message_id}}')
WHERE o.type = 'reaction'

-- name: cursor
SELECT format('%%s/%%s', greatest(max(m.timestamp), max(m."updatedAt"::timestamptz), max(m."createdAt"::timestamptz)), count(*)) AS cursor
FROM {messages} AS m

-- name: touched
SELECT m."conversationId"::text AS chat, (m.timestamp AT TIME ZONE 'UTC')::date AS day
FROM {messages} AS m
WHERE greatest(m.timestamp, m."updatedAt"::timestamptz, m."createdAt"::timestamptz) >= nullif(split_part(%(after)s::text, '/', 1), '')::timestamptz

-- name: chats
-- Conversations have no names: they are called after their people.
SELECT c.id::text AS chat, string_agg(coalesce(u.name, u."phoneNumber"), ', ' ORDER BY u.name, u.id) AS title,
       CASE WHEN count(u.id) <= 2 THEN 'direct' ELSE 'group' END AS kind
FROM {conversations} AS c
LEFT JOIN {conversation_participants} AS p ON coalesce(p."conversationId", p."conversationsId") = c.id
LEFT JOIN {users} AS u ON u.id = coalesce(p."userId", p."usersId")
GROUP BY c.id

-- name: people
SELECT coalesce(p."conversationId", p."conversationsId")::text AS chat, u.id::text AS person,
       coalesce(u.name, u."phoneNumber") AS name
FROM {conversation_participants} AS p
JOIN {users} AS u ON u.id = coalesce(p."userId", p."usersId")

-- name: records_conversations
-- With the window of 24 hours in which a customer may be answered freely.
SELECT c.id::text AS id, c.id::text AS chat,
       to_jsonb(c) || jsonb_build_object('windowEndsAt', c."lastCustomerMessageAt"::timestamptz + interval '24 hours') AS data
FROM {conversations} AS c

-- name: records_flow_states
SELECT x.id::text AS id, x."conversationId"::text AS chat, to_jsonb(x) || jsonb_build_object('chatbot', b.name) AS data
FROM {conversation_contexts} AS x
LEFT JOIN {chatbots} AS b ON b.id = x."chatbotId"

-- name: records_chatbots
SELECT b.id::text AS id, to_jsonb(b) AS data FROM {chatbots} AS b

-- name: records_users
SELECT u.id::text AS id, to_jsonb(u) AS data FROM {users} AS u

-- name: records_configuration
SELECT c.id::text AS id, to_jsonb(c) AS data FROM {whatsapp_config} AS c
