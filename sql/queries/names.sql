-- Names that a search asks for: lists of them to match, and the ids that bear them.

-- name: people
-- Who writes most first.
SELECT p.name FROM backscroll.participants AS p GROUP BY p.name ORDER BY sum(p.message_count) DESC, p.name LIMIT 500000;

-- name: chats
-- The newest first.
SELECT c.title FROM backscroll.conversations AS c
GROUP BY c.title ORDER BY max(c.last_message_at) DESC NULLS LAST, c.title LIMIT 500000;

-- name: threads
-- The newest first.
SELECT t.title FROM backscroll.threads AS t
GROUP BY t.title ORDER BY max(t.last_message_at) DESC NULLS LAST, t.title LIMIT 500000;

-- name: sources
SELECT s.name FROM backscroll.sources AS s UNION SELECT s.format FROM backscroll.sources AS s;

-- name: tags
SELECT DISTINCT t.tag FROM backscroll.annotations AS n CROSS JOIN LATERAL unnest(n.tags) AS t (tag)
WHERE n.deleted_at IS NULL LIMIT 500000;

-- name: paths
-- Codes by what they are called behind those that they stand under; one that was merged has the other one's name now.
WITH RECURSIVE paths (id, name, path) AS (
    SELECT c.id, c.name, c.name FROM backscroll.codes AS c WHERE c.parent_id IS NULL AND c.merged_into IS NULL
    UNION ALL
    SELECT c.id, c.name, p.path || '/' || c.name
    FROM paths AS p JOIN backscroll.codes AS c ON c.parent_id = p.id AND c.merged_into IS NULL
)

-- name: codes
-- Codes by name and by path, and the categories that somebody gave annotations.
-- include: paths
SELECT p.name FROM paths AS p
UNION
SELECT p.path FROM paths AS p
UNION
SELECT n.category FROM backscroll.annotations AS n
WHERE n.deleted_at IS NULL AND n.category IS NOT NULL LIMIT 500000;

-- name: code_ids
-- The codes that bear one of the names, and all below them.
-- include: paths
, found (id) AS (
    SELECT p.id FROM paths AS p WHERE p.name = ANY (%(names)s::text[]) OR p.path = ANY (%(names)s::text[])
    UNION
    SELECT c.id FROM found AS f JOIN backscroll.codes AS c ON c.parent_id = f.id OR c.merged_into = f.id
)
SELECT f.id FROM found AS f;

-- name: senders
-- Those who wrote something, with the chat in which they did, and the time of their first and last message.
SELECT p.id, p.conversation_id, p.first_message_at AS since, p.last_message_at AS until
FROM backscroll.participants AS p
WHERE p.name = ANY (%(names)s::text[]) AND p.message_count > 0
LIMIT %(limit)s::int;

-- name: chats_with
SELECT c.id, c.id AS conversation_id, c.first_message_at AS since, c.last_message_at AS until
FROM backscroll.conversations AS c
WHERE c.message_count > 0
  AND c.id IN (SELECT p.conversation_id FROM backscroll.participants AS p WHERE p.name = ANY (%(names)s::text[]))
LIMIT %(limit)s::int;

-- name: chats_titled
SELECT c.id, c.id AS conversation_id, c.first_message_at AS since, c.last_message_at AS until
FROM backscroll.conversations AS c
WHERE c.title = ANY (%(names)s::text[]) AND c.message_count > 0
LIMIT %(limit)s::int;

-- name: threads_titled
SELECT t.id, t.conversation_id, t.first_message_at AS since, t.last_message_at AS until
FROM backscroll.threads AS t
WHERE t.title = ANY (%(names)s::text[]) AND t.message_count > 0
LIMIT %(limit)s::int;

-- name: chats_of_sources
SELECT c.id, c.id AS conversation_id, c.first_message_at AS since, c.last_message_at AS until
FROM backscroll.conversations AS c
JOIN backscroll.sources AS s ON s.id = c.source_id
WHERE (s.name = ANY (%(names)s::text[]) OR s.format = ANY (%(names)s::text[])) AND c.message_count > 0
LIMIT %(limit)s::int;

-- name: chats_in_language
SELECT c.id, c.id AS conversation_id, c.first_message_at AS since, c.last_message_at AS until
FROM backscroll.conversations AS c
WHERE c.language IS NOT DISTINCT FROM %(language)s::text AND c.message_count > 0
LIMIT %(limit)s::int;

-- name: source_ids
SELECT s.id FROM backscroll.sources AS s WHERE s.name = ANY (%(names)s::text[]) OR s.format = ANY (%(names)s::text[]);

-- name: unread_chats
-- Chats with a message that this person has not read.
SELECT c.id, c.id AS conversation_id, coalesce(k.message_sent_at, c.first_message_at) AS since, c.last_message_at AS until
FROM backscroll.conversations AS c
LEFT JOIN backscroll.read_marks AS k
    ON k.conversation_id = c.id AND k.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
WHERE c.message_count > 0
  AND (k.message_id IS NULL OR (k.message_sent_at, k.message_id) < (c.last_message_at, c.last_message_id))
LIMIT %(limit)s::int;
