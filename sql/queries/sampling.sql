-- Which messages of a search become the queue of a review.
--
-- {quarter} is one partition of messages, {condition} is put together from conditions.sql, {order} and {stratum} are
-- blocks below. Messages are drawn by a digest of the seed and their id: the same ones whoever asks, wherever the archive
-- lies, and in whatever order quarters are read; no more than what is wanted is held or sent. What a live source has no more
-- is not drawn.

-- name: in_time
m.sent_at, m.id

-- name: by_chance
m.priority

-- name: chat
m.conversation_id::text

-- name: sender
-- System messages are nobody's.
coalesce((SELECT p.name FROM backscroll.participants AS p WHERE p.conversation_id = m.conversation_id AND p.id = m.sender_id), '')

-- name: month
to_char(m.sent_at AT TIME ZONE %(zone)s::text, 'YYYY-MM')

-- name: drawn
-- At most %(size)s messages of one quarter that fit, the first in an order.
SELECT m.conversation_id, m.sent_at, m.id, m.priority
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, md5(%(seed)s::text || m.id::text) AS priority
    FROM {quarter} AS m
    WHERE ({condition}) AND m.deleted_at IS NULL
) AS m
ORDER BY {order}
LIMIT %(size)s::int;

-- name: strata
-- The parts of what fits in one quarter, and how many messages each has.
SELECT {stratum} AS stratum, count(*) AS messages
FROM {quarter} AS m
WHERE ({condition}) AND m.deleted_at IS NULL
GROUP BY stratum;

-- name: drawn_of_strata
-- Of each part of one quarter at most as many as it is to have, the first by chance.
SELECT m.conversation_id, m.sent_at, m.id, m.priority, m.stratum
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, m.priority, m.stratum,
           row_number() OVER (PARTITION BY m.stratum ORDER BY m.priority) AS place
    FROM (
        SELECT m.conversation_id, m.sent_at, m.id, md5(%(seed)s::text || m.id::text) AS priority, {stratum} AS stratum
        FROM {quarter} AS m
        WHERE ({condition}) AND m.deleted_at IS NULL
    ) AS m
) AS m
JOIN unnest(%(strata)s::text[], %(sizes)s::int[]) AS s (stratum, size) ON s.stratum = m.stratum AND m.place <= s.size;
