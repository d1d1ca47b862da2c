-- The chat list, and the people and days of one chat.

-- A page of chats is one of the four orders, each by its index and after a cursor. All of them have the same filters, of
-- which null and false leave everything in. Pinned chats are left to `pinned`, except on a shelf that has no use for them.
-- CASE is a fence: the planner, who does not know the values, would take the filters together for so narrow that it would
-- sort what is left of all chats instead of walking the index.

-- name: shown
c.id, c.title, c.kind, c.source, c.topic, c.message_count, c.participant_count, c.thread_count,
c.first_message_at, c.last_message_at, c.last_kind, c.last_sender, c.last_text, c.unread, c.is_pinned, c.shelf

-- name: fits
WHEN (%(kind)s::text IS NULL OR c.kind = %(kind)s::text)
 AND (%(source)s::uuid IS NULL OR c.source_id = %(source)s::uuid)
 AND (%(match)s::text IS NULL OR position((SELECT backscroll.folded(%(match)s::text)) IN c.sort_title) > 0)
 AND (NOT %(is_bookmarked)s::boolean OR c.is_bookmarked)

-- name: stands_here
WHEN c.shelf = %(shelf)s::text AND (NOT c.is_pinned OR c.shelf <> 'listed')
 AND (NOT %(is_unread)s::boolean OR c.is_unread)

-- name: recent
-- The newest message first.
SELECT
    -- include: shown
FROM backscroll.conversation_details AS c
WHERE (c.recent_at, c.id) < (%(recent_at)s::timestamptz, %(id)s::uuid)
  AND CASE
      -- include: fits
      THEN true ELSE false END
  AND CASE
      -- include: stands_here
      THEN true ELSE false END
ORDER BY c.recent_at DESC, c.id DESC
LIMIT %(limit)s::int;

-- name: name
-- A to Z.
SELECT
    -- include: shown
FROM backscroll.conversation_details AS c
WHERE (c.sort_title, c.id) > ((SELECT backscroll.folded(%(title)s::text)), %(id)s::uuid)
  AND CASE
      -- include: fits
      THEN true ELSE false END
  AND CASE
      -- include: stands_here
      THEN true ELSE false END
ORDER BY c.sort_title, c.id
LIMIT %(limit)s::int;

-- name: size
-- Most messages first.
SELECT
    -- include: shown
FROM backscroll.conversation_details AS c
WHERE (c.message_count, c.id) < (%(message_count)s::bigint, %(id)s::uuid)
  AND CASE
      -- include: fits
      THEN true ELSE false END
  AND CASE
      -- include: stands_here
      THEN true ELSE false END
ORDER BY c.message_count DESC, c.id DESC
LIMIT %(limit)s::int;

-- name: unread
-- Most unread messages first; among equals the newest message first. All that fits is counted,
-- once: OFFSET 0 is the fence that keeps the count from being repeated for the comparison.
SELECT
    -- include: shown
FROM (
    SELECT c.id, c.title, c.kind, c.source, c.topic, c.message_count, c.participant_count, c.thread_count,
        c.first_message_at, c.last_message_at, c.recent_at, c.last_kind, c.last_sender, c.last_text, c.unread, c.is_pinned,
        c.shelf
    FROM backscroll.conversation_details AS c
    WHERE CASE
          -- include: fits
          THEN true ELSE false END
      AND CASE
          -- include: stands_here
          THEN true ELSE false END
    OFFSET 0
) AS c
WHERE (c.unread, c.recent_at, c.id) < (%(unread)s::int, %(recent_at)s::timestamptz, %(id)s::uuid)
ORDER BY c.unread DESC, c.recent_at DESC, c.id DESC
LIMIT %(limit)s::int;

-- name: pinned
-- The pinned chats that a list begins with, all of them, in its %(order)s: people pin dozens, not thousands.
SELECT
    -- include: shown
FROM backscroll.conversation_details AS c
WHERE c.id = ANY (ARRAY(
        SELECT t.conversation_id
        FROM backscroll.conversation_states AS t
        JOIN backscroll.users AS u ON u.id = t.user_id AND u.role = current_user
        WHERE t.is_pinned))
  AND CASE
      -- include: fits
      THEN true ELSE false END
  AND CASE WHEN c.shelf = %(shelf)s::text AND (NOT %(is_unread)s::boolean OR c.is_unread) THEN true ELSE false END
ORDER BY
    CASE %(order)s::text WHEN 'name' THEN c.sort_title END,
    CASE %(order)s::text WHEN 'name' THEN c.id END,
    CASE %(order)s::text WHEN 'size' THEN c.message_count WHEN 'unread' THEN c.unread END DESC,
    CASE %(order)s::text WHEN 'size' THEN NULL ELSE c.recent_at END DESC,
    c.id DESC;

-- name: some
-- Chats by their ids, in the order of these.
SELECT
    -- include: shown
FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS w (id, place)
JOIN backscroll.conversation_details AS c ON c.id = w.id
ORDER BY w.place;

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
-- Id and title of every chat that is not hidden, for the quick switcher.
SELECT c.id, c.title
FROM backscroll.conversations AS c
WHERE c.id NOT IN (
    SELECT t.conversation_id
    FROM backscroll.conversation_states AS t
    JOIN backscroll.users AS u ON u.id = t.user_id AND u.role = current_user
    WHERE t.shelf = 'hidden')
ORDER BY coalesce(c.last_message_at, '0001-01-01 00:00+00') DESC, c.id DESC;

-- name: titles_in
-- Id and title of every chat that a list may show, the archived ones as well where the list is the usual one.
SELECT c.id, c.title
FROM backscroll.conversation_details AS c
WHERE (c.shelf = %(shelf)s::text OR (%(shelf)s::text = 'listed' AND c.shelf = 'archived'))
  AND (%(kind)s::text IS NULL OR c.kind = %(kind)s::text)
  AND (%(source)s::uuid IS NULL OR c.source_id = %(source)s::uuid)
  AND (NOT %(is_bookmarked)s::boolean OR c.is_bookmarked)
  AND (NOT %(is_unread)s::boolean OR c.is_unread)
ORDER BY c.recent_at DESC, c.id DESC;

-- name: titles_of
SELECT c.id, c.title FROM backscroll.conversations AS c WHERE c.id = ANY (%(ids)s::uuid[]);

-- name: sources
SELECT s.id, s.name, s.format, count(c.id) AS chats
FROM backscroll.sources AS s
LEFT JOIN backscroll.conversations AS c ON c.source_id = s.id
GROUP BY s.id
ORDER BY s.name, s.id;

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
-- How far the present user has read, without a cursor to the end; the mark never moves back.
INSERT INTO backscroll.read_marks AS k (conversation_id, user_id, message_sent_at, message_id)
SELECT c.id, u.id, coalesce(%(sent_at)s::timestamptz, c.last_message_at), coalesce(%(id)s::uuid, c.last_message_id)
FROM backscroll.conversations AS c
JOIN backscroll.users AS u ON u.role = current_user
WHERE c.id = %(conversation)s::uuid AND c.last_message_id IS NOT NULL
ON CONFLICT (conversation_id, user_id) DO UPDATE
    SET message_sent_at = excluded.message_sent_at, message_id = excluded.message_id, updated_at = now()
    WHERE (k.message_sent_at, k.message_id) < (excluded.message_sent_at, excluded.message_id);

-- name: mark_unread
-- Puts the mark of the present user on the message before the cursor; where there is none, right before the first.
INSERT INTO backscroll.read_marks AS k (conversation_id, user_id, message_sent_at, message_id)
SELECT c.id, u.id, coalesce(b.sent_at, c.first_message_at), coalesce(b.id, '00000000-0000-0000-0000-000000000000')
FROM backscroll.conversations AS c
JOIN backscroll.users AS u ON u.role = current_user
LEFT JOIN LATERAL (
    SELECT m.sent_at, m.id
    FROM backscroll.messages AS m
    WHERE m.conversation_id = %(conversation)s::uuid
      AND (m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at <= %(sent_at)s::timestamptz
    ORDER BY m.sent_at DESC, m.id DESC
    LIMIT 1
) AS b ON true
WHERE c.id = %(conversation)s::uuid AND c.first_message_at IS NOT NULL
ON CONFLICT (conversation_id, user_id) DO UPDATE
    SET message_sent_at = excluded.message_sent_at, message_id = excluded.message_id, updated_at = now();

-- name: read_mark
SELECT k.message_sent_at AS sent_at, k.message_id AS id
FROM backscroll.read_marks AS k
JOIN backscroll.users AS u ON u.id = k.user_id AND u.role = current_user
WHERE k.conversation_id = %(conversation)s::uuid;

-- name: set_pinned
INSERT INTO backscroll.conversation_states (conversation_id, user_id, is_pinned)
SELECT %(conversation)s::uuid, u.id, %(is_pinned)s::boolean
FROM backscroll.users AS u WHERE u.role = current_user
ON CONFLICT (conversation_id, user_id) DO UPDATE SET is_pinned = excluded.is_pinned, updated_at = now();

-- name: set_shelf
INSERT INTO backscroll.conversation_states (conversation_id, user_id, shelf)
SELECT %(conversation)s::uuid, u.id, %(shelf)s::text
FROM backscroll.users AS u WHERE u.role = current_user
ON CONFLICT (conversation_id, user_id) DO UPDATE SET shelf = excluded.shelf, updated_at = now();

-- name: leave
-- Where the present user was when they left the chat; null for its end.
INSERT INTO backscroll.conversation_states (conversation_id, user_id, left_sent_at, left_id)
SELECT %(conversation)s::uuid, u.id, %(sent_at)s::timestamptz, %(id)s::uuid
FROM backscroll.users AS u WHERE u.role = current_user
ON CONFLICT (conversation_id, user_id) DO UPDATE SET left_sent_at = excluded.left_sent_at, left_id = excluded.left_id, updated_at = now();

-- name: left
SELECT t.left_sent_at AS sent_at, t.left_id AS id
FROM backscroll.conversation_states AS t
JOIN backscroll.users AS u ON u.id = t.user_id AND u.role = current_user
WHERE t.conversation_id = %(conversation)s::uuid AND t.left_id IS NOT NULL;

-- name: changed_at
-- When something was last added to a chat.
SELECT max(c.updated_at) FROM backscroll.conversations AS c;

-- name: totals
SELECT count(*) AS chats, coalesce(sum(c.message_count), 0)::bigint AS messages FROM backscroll.conversations AS c;
