-- What the archive has already of what an export holds: for imports that write nothing, and so that others prepare only
-- the rest for it.

-- name: conversations
SELECT c.id FROM backscroll.conversations AS c WHERE c.id = ANY (%(ids)s::uuid[]);

-- name: participants
SELECT p.id
FROM backscroll.participants AS p
WHERE p.conversation_id = ANY (%(conversations)s::uuid[]) AND p.id = ANY (%(ids)s::uuid[]);

-- name: marks
-- Id and time of what chats have at about the same time, one after another: a corrected time zone moves sent_at by up to 26
-- hours. The key's index alone answers.
SELECT string_agg(uuid_send(m.id) || timestamptz_send(m.sent_at), ''::bytea)
FROM backscroll.messages AS m
WHERE m.conversation_id = ANY (%(conversations)s::uuid[])
  AND m.sent_at >= %(since)s::timestamptz - interval '2 days' AND m.sent_at <= %(until)s::timestamptz + interval '2 days';

-- name: marks_with_content
-- The same with a digest behind each, of what a source may change in a message that keeps its id.
SELECT string_agg(
    uuid_send(m.id) || timestamptz_send(m.sent_at) || substring(sha256(convert_to(
        concat(m.is_edited::int, m.is_deleted::int, (m.thread_id IS NOT NULL)::int, m.body), 'UTF8')) FOR 16), ''::bytea)
FROM backscroll.messages AS m
WHERE m.conversation_id = ANY (%(conversations)s::uuid[])
  AND m.sent_at >= %(since)s::timestamptz - interval '2 days' AND m.sent_at <= %(until)s::timestamptz + interval '2 days';

-- name: target
-- What an export needs to know of a chat to go into it.
SELECT s.identity AS source, c.external_id, c.title, c.kind, c.topic
FROM backscroll.conversations AS c
JOIN backscroll.sources AS s ON s.id = c.source_id
WHERE c.id = %(id)s::uuid;
