-- Saved searches of the present user, and what this person asked lately.

-- name: add
-- Saves a search; where the name is taken already, the search is replaced.
INSERT INTO backscroll.saved_searches AS s (id, user_id, name, query, hit_order, conversation_id, thread_id, narrowed_to)
SELECT %(id)s::uuid, u.id, %(name)s::text, %(query)s::text, %(order)s::text, %(conversation)s::uuid, %(thread)s::uuid,
       %(narrowed_to)s::jsonb
FROM backscroll.users AS u
WHERE u.role = current_user
ON CONFLICT (user_id, name) DO UPDATE
    SET query = excluded.query, hit_order = excluded.hit_order, conversation_id = excluded.conversation_id,
        thread_id = excluded.thread_id, narrowed_to = excluded.narrowed_to, used_at = now()
RETURNING s.id;

-- name: remove
DELETE FROM backscroll.saved_searches AS s USING backscroll.users AS u
WHERE u.role = current_user AND s.user_id = u.id AND s.name = %(name)s::text;

-- name: saved
SELECT s.id, s.name, s.query, s.hit_order AS "order", s.conversation_id, c.title AS conversation, s.thread_id,
       t.title AS thread, s.narrowed_to, s.created_at, s.used_at
FROM backscroll.saved_searches AS s
JOIN backscroll.users AS u ON u.id = s.user_id AND u.role = current_user
LEFT JOIN backscroll.conversations AS c ON c.id = s.conversation_id
LEFT JOIN backscroll.threads AS t ON t.conversation_id = s.conversation_id AND t.id = s.thread_id

-- name: all
-- The last used first.
-- include: saved
ORDER BY s.used_at DESC, s.id DESC;

-- name: named
-- include: saved
WHERE s.name = %(name)s::text;

-- name: used
UPDATE backscroll.saved_searches AS s SET used_at = now()
FROM backscroll.users AS u
WHERE u.role = current_user AND s.user_id = u.id AND s.id = %(id)s::uuid;

-- name: remember
-- Puts a query before all others, and drops those beyond the newest %(most)s.
WITH me AS (
    SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user
), others AS (
    SELECT h.asked_at FROM backscroll.search_history AS h JOIN me ON me.id = h.user_id
    WHERE h.query <> %(query)s::text
    ORDER BY h.asked_at DESC OFFSET %(most)s::int - 1 LIMIT 1
), dropped AS (
    DELETE FROM backscroll.search_history AS h USING me, others
    WHERE h.user_id = me.id AND h.asked_at <= others.asked_at AND h.query <> %(query)s::text
)
INSERT INTO backscroll.search_history (user_id, query, asked_at)
SELECT me.id, %(query)s::text, clock_timestamp() FROM me
ON CONFLICT (user_id, md5(query)) DO UPDATE SET asked_at = excluded.asked_at;

-- name: history
-- The last asked first.
SELECT h.query
FROM backscroll.search_history AS h
JOIN backscroll.users AS u ON u.id = h.user_id AND u.role = current_user
ORDER BY h.asked_at DESC;

-- name: forget
DELETE FROM backscroll.search_history AS h USING backscroll.users AS u
WHERE u.role = current_user AND h.user_id = u.id AND h.query = %(query)s::text;
