-- The chat list, and the people and days of one chat.

-- name: page
-- Chats by their newest message, newest first, after a cursor; %(match)s narrows to titles that contain it.
-- Unread is what the day index holds after the day of the read mark, and what that day itself holds after it; it stops
-- at %(unread_cap)s. Most chats are read to the end or were never opened and need no count.
SELECT
    c.id, c.title, c.kind, s.name AS source, c.topic, c.message_count, c.participant_count, c.thread_count,
    c.first_message_at, c.last_message_at, c.last_kind, c.last_sender, c.last_text,
    CASE
        WHEN k.message_id IS NULL THEN least(c.message_count, %(unread_cap)s::int)
        WHEN (k.message_sent_at, k.message_id) >= (c.last_message_at, c.last_message_id) THEN 0
        ELSE least(%(unread_cap)s::int, (
            SELECT coalesce(sum(d.messages), 0)
            FROM backscroll.conversation_days AS d
            WHERE d.conversation_id = c.id AND d.day > (k.message_sent_at AT TIME ZONE 'UTC')::date
        ) + (
            SELECT count(*)
            FROM backscroll.messages AS m
            WHERE m.conversation_id = c.id
              AND (m.sent_at, m.id) > (k.message_sent_at, k.message_id) AND m.sent_at >= k.message_sent_at
              AND m.sent_at < date_trunc('day', k.message_sent_at, 'UTC') + interval '1 day'
        ))
    END::int AS unread
FROM backscroll.conversations AS c
JOIN backscroll.sources AS s ON s.id = c.source_id
LEFT JOIN backscroll.read_marks AS k
    ON k.conversation_id = c.id AND k.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
WHERE (coalesce(c.last_message_at, '0001-01-01 00:00+00'), c.id) < (%(last_message_at)s::timestamptz, %(id)s::uuid)
  AND (%(match)s::text IS NULL OR position(lower(%(match)s::text) IN lower(c.title)) > 0)
  AND (%(only)s::uuid IS NULL OR c.id = %(only)s::uuid)
ORDER BY coalesce(c.last_message_at, '0001-01-01 00:00+00') DESC, c.id DESC
LIMIT %(limit)s::int;

-- name: resolve
-- Chats that a person may mean: by id, by the beginning of an id, or by title.
SELECT c.id, c.title
FROM backscroll.conversations AS c
WHERE c.id::text = lower(%(text)s::text) OR c.title = %(text)s::text
   OR (length(%(text)s::text) >= 4 AND starts_with(c.id::text, lower(%(text)s::text)))
   OR lower(c.title) = lower(%(text)s::text)
ORDER BY (c.id::text = lower(%(text)s::text)) DESC, (c.title = %(text)s::text) DESC, c.id
LIMIT 20;

-- name: titles
-- Every chat's id and title, for the quick switcher.
SELECT c.id, c.title FROM backscroll.conversations AS c ORDER BY c.last_message_at DESC NULLS LAST, c.id;

-- name: participants
-- Who wrote in a chat, busiest first.
SELECT p.conversation_id, p.id, p.name, p.is_owner, p.message_count, p.first_message_at, p.last_message_at
FROM backscroll.participants AS p
WHERE p.conversation_id = %(conversation)s::uuid
ORDER BY p.message_count DESC, p.name, p.id
LIMIT %(limit)s::int;

-- name: days
-- The day index of a chat, oldest first.
SELECT d.day, d.messages
FROM backscroll.conversation_days AS d
WHERE d.conversation_id = %(conversation)s::uuid
ORDER BY d.day;

-- name: mark_read
-- How far the present user has read; the mark never moves back.
INSERT INTO backscroll.read_marks AS k (conversation_id, user_id, message_sent_at, message_id)
SELECT %(conversation)s::uuid, u.id, %(sent_at)s::timestamptz, %(id)s::uuid
FROM backscroll.users AS u WHERE u.role = current_user
ON CONFLICT (conversation_id, user_id) DO UPDATE
    SET message_sent_at = excluded.message_sent_at, message_id = excluded.message_id, updated_at = now()
    WHERE (k.message_sent_at, k.message_id) < (excluded.message_sent_at, excluded.message_id);

-- name: read_mark
SELECT k.message_sent_at AS sent_at, k.message_id AS id
FROM backscroll.read_marks AS k
JOIN backscroll.users AS u ON u.id = k.user_id AND u.role = current_user
WHERE k.conversation_id = %(conversation)s::uuid;

-- name: totals
SELECT count(*) AS chats, coalesce(sum(c.message_count), 0)::bigint AS messages FROM backscroll.conversations AS c;
