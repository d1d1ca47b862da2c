-- Pages of history. The order is (sent_at, id); the extra plain comparison of sent_at lets quarters be pruned.
-- All give the columns of `message`, of which a Message is made.

-- name: message
d.conversation_id, d.sent_at, d.id, d.tie, d.kind, d.body, d.sender_id, d.sender, d.is_owner, d.thread_id,
d.parent_id, d.quote_sent_at, d.quote_sender, d.quote_text, d.is_edited, d.is_deleted, d.attachments, d.reactions,
d.is_bookmarked, d.annotation_count, d.codes

-- name: page_before
-- The newest messages before a cursor, newest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND (d.sent_at, d.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at <= %(sent_at)s::timestamptz
ORDER BY d.sent_at DESC, d.id DESC
LIMIT %(limit)s::int;

-- name: page_after
-- The oldest messages after a cursor, oldest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND (d.sent_at, d.id) > (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at >= %(sent_at)s::timestamptz
ORDER BY d.sent_at, d.id
LIMIT %(limit)s::int;

-- name: page_from
-- The oldest messages from a cursor on, the one at the cursor included, oldest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND (d.sent_at, d.id) >= (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at >= %(sent_at)s::timestamptz
ORDER BY d.sent_at, d.id
LIMIT %(limit)s::int;

-- name: thread_before
-- The newest messages of a thread before a cursor, newest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND d.thread_id = %(thread)s::uuid
  AND (d.sent_at, d.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at <= %(sent_at)s::timestamptz
ORDER BY d.sent_at DESC, d.id DESC
LIMIT %(limit)s::int;

-- name: thread_after
-- The oldest messages of a thread after a cursor, oldest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND d.thread_id = %(thread)s::uuid
  AND (d.sent_at, d.id) > (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at >= %(sent_at)s::timestamptz
ORDER BY d.sent_at, d.id
LIMIT %(limit)s::int;

-- name: thread_from
-- The oldest messages of a thread from a cursor on, the one at the cursor included, oldest first.
SELECT
    -- include: message
FROM backscroll.message_details AS d
WHERE d.conversation_id = %(conversation)s::uuid
  AND d.thread_id = %(thread)s::uuid
  AND (d.sent_at, d.id) >= (%(sent_at)s::timestamptz, %(id)s::uuid) AND d.sent_at >= %(sent_at)s::timestamptz
ORDER BY d.sent_at, d.id
LIMIT %(limit)s::int;

-- name: at
-- Messages by their full keys, in the order of these. The arrays go as binary, which takes the client a third of the
-- time; the bounds, of all their times, spare the quarters between which none is.
SELECT
    -- include: message
FROM unnest(%(conversations)b::uuid[], %(sent_ats)b::timestamptz[], %(ids)b::uuid[])
     WITH ORDINALITY AS k (conversation_id, sent_at, id, place)
JOIN backscroll.message_details AS d ON d.conversation_id = k.conversation_id AND d.sent_at = k.sent_at AND d.id = k.id
WHERE d.sent_at BETWEEN %(since)s::timestamptz AND %(last)s::timestamptz
ORDER BY k.place;

-- name: sent_at
-- Keys of messages by their chats and the exact moments of history.
SELECT m.conversation_id, m.sent_at, m.id
FROM unnest(%(conversations)s::uuid[], %(sent_ats)s::timestamptz[]) AS k (conversation_id, sent_at)
JOIN backscroll.messages AS m ON m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at
WHERE m.sent_at BETWEEN %(since)s::timestamptz AND %(last)s::timestamptz;

-- name: chain
-- The message that a chain of answers began with, and what answers it, or an answer to it, in reading order; at most
-- %(limit)s, counted level by level. UNION, not UNION ALL: a source may let two messages answer each other.
WITH RECURSIVE above AS (
    SELECT m.sent_at, m.id, m.parent_sent_at, m.parent_id
    FROM backscroll.messages AS m
    WHERE m.conversation_id = %(conversation)s::uuid AND m.sent_at = %(sent_at)s::timestamptz AND m.id = %(id)s::uuid
    UNION
    SELECT m.sent_at, m.id, m.parent_sent_at, m.parent_id
    FROM above AS a
    JOIN backscroll.messages AS m
      ON m.conversation_id = %(conversation)s::uuid AND m.sent_at = a.parent_sent_at AND m.id = a.parent_id
), beginning AS (
    SELECT a.sent_at, a.id FROM above AS a ORDER BY a.sent_at, a.id LIMIT 1
), chain AS (
    SELECT b.sent_at, b.id FROM beginning AS b
    UNION
    SELECT m.sent_at, m.id
    FROM chain AS c
    JOIN backscroll.messages AS m
      ON m.parent_sent_at = c.sent_at AND m.conversation_id = %(conversation)s::uuid AND m.parent_id = c.id
)
SELECT
    -- include: message
FROM (SELECT c.sent_at, c.id FROM chain AS c LIMIT %(limit)s::int) AS k
JOIN backscroll.message_details AS d
  ON d.conversation_id = %(conversation)s::uuid AND d.sent_at = k.sent_at AND d.id = k.id
ORDER BY d.sent_at, d.id;

-- name: record
-- One message by its full key with everything around it: a Message's columns first, then those of a MessageRecord. Both
-- names of the message get the key itself, so that both are looked up in one quarter.
SELECT
    -- include: message
    , m.external_id, m.raw, c.title, c.kind, c.external_id, s.name, s.format, s.identity, s.time_zone,
       p.external_id AS sender_external_id, t.title AS thread, t.external_id AS thread_external_id,
       (SELECT o.external_id FROM backscroll.messages AS o
         WHERE o.conversation_id = m.conversation_id AND o.sent_at = m.parent_sent_at AND o.id = m.parent_id)
       AS parent_external_id,
       EXISTS (SELECT FROM backscroll.read_marks AS r
                WHERE r.conversation_id = m.conversation_id
                  AND r.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
                  AND (r.message_sent_at, r.message_id) >= (m.sent_at, m.id)) AS is_read, m.edited_at
FROM backscroll.message_details AS d
JOIN backscroll.messages AS m
  ON m.conversation_id = %(conversation)s::uuid AND m.sent_at = %(sent_at)s::timestamptz AND m.id = %(id)s::uuid
JOIN backscroll.conversations AS c ON c.id = m.conversation_id
JOIN backscroll.sources AS s ON s.id = c.source_id
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
LEFT JOIN backscroll.threads AS t ON t.conversation_id = m.conversation_id AND t.id = m.thread_id
WHERE d.conversation_id = %(conversation)s::uuid AND d.sent_at = %(sent_at)s::timestamptz AND d.id = %(id)s::uuid;

-- name: find_in_chat
-- Keys of messages of one chat whose id lies between two, for an id or the beginning of one.
SELECT m.conversation_id, m.sent_at, m.id
FROM backscroll.messages AS m
WHERE m.conversation_id = %(conversation)s::uuid AND m.id BETWEEN %(low)s::uuid AND %(high)s::uuid
LIMIT 2;

-- name: find
-- The same in the whole archive: reads the timeline index of every quarter, about a second in ten million.
SELECT m.conversation_id, m.sent_at, m.id
FROM backscroll.messages AS m
WHERE m.id BETWEEN %(low)s::uuid AND %(high)s::uuid
LIMIT 2;

-- name: find_noted
-- The same for messages that are gone and that the present user has written about.
SELECT b.conversation_id, b.message_sent_at AS sent_at, b.message_id AS id
FROM backscroll.bookmarks AS b
JOIN backscroll.users AS u ON u.id = b.user_id AND u.role = current_user
WHERE b.deleted_at IS NULL AND b.message_id BETWEEN %(low)s::uuid AND %(high)s::uuid
  AND (%(conversation)s::uuid IS NULL OR b.conversation_id = %(conversation)s::uuid)
UNION
SELECT n.conversation_id, n.message_sent_at, n.message_id
FROM backscroll.annotations AS n
WHERE n.deleted_at IS NULL AND n.message_id BETWEEN %(low)s::uuid AND %(high)s::uuid
  AND (%(conversation)s::uuid IS NULL OR n.conversation_id = %(conversation)s::uuid)
LIMIT 2;

-- name: position
-- How many messages of a chat stand before or at a cursor: whole days from the day index, the rest of its own day counted.
SELECT (SELECT coalesce(sum(d.messages), 0)
          FROM backscroll.conversation_days AS d
         WHERE d.conversation_id = %(conversation)s::uuid AND d.day < (%(sent_at)s::timestamptz AT TIME ZONE 'UTC')::date)::bigint
     + (SELECT count(*)
          FROM backscroll.messages AS m
         WHERE m.conversation_id = %(conversation)s::uuid
           AND m.sent_at >= date_trunc('day', %(sent_at)s::timestamptz, 'UTC') AND m.sent_at <= %(sent_at)s::timestamptz
           AND (m.sent_at, m.id) <= (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.deleted_at IS NULL) AS k;
