-- The search plan: walk the quarters from the newest (or oldest) and ask the indexes of each, until the page is full.
--
-- The planner is never asked to choose between an index and a walk by time: it assumes that hits are spread evenly
-- over time and takes seconds for a word of one era. OFFSET 0 is the fence that keeps the choice from it.
-- {condition} is put together from conditions.sql; {beyond}, {within} and {order} are one of the two ways below.

-- name: beyond_newest
(m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at <= %(sent_at)s::timestamptz

-- name: beyond_oldest
(m.sent_at, m.id) > (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at >= %(sent_at)s::timestamptz

-- name: within_newest
(m.sent_at, m.id) >= (%(edge_sent_at)s::timestamptz, %(edge_id)s::uuid) AND m.sent_at >= %(edge_sent_at)s::timestamptz

-- name: within_oldest
(m.sent_at, m.id) <= (%(edge_sent_at)s::timestamptz, %(edge_id)s::uuid) AND m.sent_at <= %(edge_sent_at)s::timestamptz

-- name: order_newest
m.sent_at DESC, m.id DESC

-- name: order_oldest
m.sent_at, m.id

-- name: tsqueries
-- The words of queries as the server's parser cuts them; empty where nothing is left to look for.
SELECT to_tsquery('pg_catalog.simple', q.text)::text
FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS q (text, place)
ORDER BY q.place;

-- name: check_pattern
-- Fails where the server cannot read the expression.
SELECT '' ~* %(expression)s::text;

-- name: quarters
-- The partitions of messages with their bounds, oldest first; null for an open end.
SELECT c.relname AS name,
       substring(b.bound FROM $$FROM \('([^']+)'\)$$)::timestamptz AS since,
       substring(b.bound FROM $$TO \('([^']+)'\)$$)::timestamptz AS until
FROM pg_catalog.pg_inherits AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
CROSS JOIN LATERAL pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS b (bound)
WHERE i.inhparent = 'backscroll.messages'::regclass
ORDER BY since NULLS FIRST;

-- name: walk
-- The hits among the first messages beyond the cursor, as far as an edge at most.
SELECT m.conversation_id, m.sent_at, m.id
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id, m.parent_id, m.kind, m.is_edited, m.is_deleted,
           m.body, m.raw, m.search
    FROM backscroll.messages AS m
    WHERE {inside} AND {beyond} AND {within}
    ORDER BY {order}
    LIMIT {rows}
) AS m
WHERE {condition}
ORDER BY {order}
LIMIT %(limit)s::int

-- name: always
true

-- name: in_chat
m.conversation_id = %(chat)s::uuid

-- name: near
%(walk)s::int

-- name: far
-- How far the second walk goes: nowhere where the first filled the page or met hardly anything.
(SELECT CASE WHEN count(*) BETWEEN %(few)s::int AND %(limit)s::int - 1 THEN %(farthest)s::int ELSE 0 END FROM walked)

-- name: through_chats
-- All hits in some chats as far as an edge: they are small enough to be read.
SELECT m.conversation_id, m.sent_at, m.id
FROM unnest(%(chats)s::uuid[]) AS k (conversation_id)
CROSS JOIN LATERAL (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id, m.parent_id, m.kind, m.is_edited, m.is_deleted,
           m.body, m.raw, m.search
    FROM backscroll.messages AS m
    WHERE m.conversation_id = k.conversation_id AND {beyond} AND {within}
    OFFSET 0
) AS m
WHERE {condition}
ORDER BY {order}
LIMIT %(limit)s::int;

-- name: first
-- The first step of a page, in one question. What is frequent is met among the first %(walk)s messages beyond the cursor;
-- of what is met there %(few)s times or more, a page is had by walking on; else the first quarters are asked.
WITH walked AS MATERIALIZED (
{walked}
), further AS MATERIALIZED (
{further}
)
SELECT m.conversation_id, m.sent_at, m.id
FROM (
(SELECT m.conversation_id, m.sent_at, m.id FROM walked AS m WHERE (SELECT count(*) FROM walked) = %(limit)s::int)
UNION ALL
(SELECT m.conversation_id, m.sent_at, m.id FROM further AS m WHERE (SELECT count(*) FROM further) = %(limit)s::int)
UNION ALL
{arms}
) AS m
LIMIT %(limit)s::int;

-- name: short
-- A gate of `first`: neither walk filled the page.
(SELECT count(*) FROM walked) < %(limit)s::int AND (SELECT count(*) FROM further) < %(limit)s::int

-- name: short_in_time
(SELECT count(*) FROM walked) < %(limit)s::int AND (SELECT count(*) FROM further) < %(limit)s::int
AND (SELECT clock_timestamp() < statement_timestamp() + %(budget)s::interval)

-- name: hits
-- The hits of some quarters beyond the cursor, in the order of the walk. There is a hits_in for each, with UNION ALL
-- between: the next one is not begun before it is needed, nor once the time is up, and as each has a limit of its own no
-- plan turns them round. The last row is one without a message where all were asked.
SELECT m.conversation_id, m.sent_at, m.id FROM ({arms}) AS m LIMIT %(limit)s::int;

-- name: hits_in
-- By the indexes of one quarter. The cursor stands outside the fence: inside it a general plan would read the whole
-- quarter by time as well, to join both. The gate is one of those around here.
(SELECT m.conversation_id, m.sent_at, m.id
FROM (SELECT m.conversation_id, m.sent_at, m.id FROM {quarter} AS m WHERE {condition} OFFSET 0) AS m
WHERE {gate} AND {beyond} ORDER BY {order} LIMIT %(limit)s::int)

-- name: in_time
-- A gate: the time is not up yet. As a subquery it is asked once, when its arm would begin.
(SELECT clock_timestamp() < statement_timestamp() + %(budget)s::interval)

-- name: all_asked
-- The last arm.
(SELECT NULL::uuid, NULL::timestamptz, NULL::uuid WHERE {gate})

-- name: quarters_known
-- Changes whenever `quarters` does, at a tenth of its price.
SELECT count(*) || '/' || max(i.inhrelid)
FROM pg_catalog.pg_inherits AS i
WHERE i.inhparent = 'backscroll.messages'::regclass;

-- name: edge
-- The last of the next %(walk)s messages of a quarter; no row where there are fewer.
SELECT m.sent_at, m.id FROM {quarter} AS m WHERE {beyond} ORDER BY {order} OFFSET %(walk)s::int - 1 LIMIT 1;

-- name: stretch
-- The hits of a quarter between the cursor and an edge (included), for what no index leads to.
SELECT m.conversation_id, m.sent_at, m.id
FROM {quarter} AS m
WHERE {condition} AND {beyond} AND {within}
ORDER BY {order}
LIMIT %(limit)s::int;

-- name: ranked
-- The best hits of some quarters among at most %(candidates)s, the first ones; `seen` says how many were scored.
SELECT m.conversation_id, m.sent_at, m.id, ts_rank(m.search, %(rank)s::tsquery) AS score, count(*) OVER () AS seen
FROM (SELECT m.conversation_id, m.sent_at, m.id, m.search FROM ({arms}) AS m LIMIT %(candidates)s::int) AS m
ORDER BY score DESC, m.sent_at DESC, m.id DESC
LIMIT %(limit)s::int;

-- name: ranked_in
(SELECT m.conversation_id, m.sent_at, m.id, m.search FROM {quarter} AS m WHERE {condition} LIMIT %(candidates)s::int)

-- name: count
-- How many hits some quarters have, at most %(limit)s.
SELECT count(*) FROM (SELECT FROM ({arms}) AS m LIMIT %(limit)s::int) AS m;

-- name: count_in
(SELECT FROM {quarter} AS m WHERE {condition} LIMIT %(limit)s::int)

-- name: extent
-- How many messages some chats hold, and when the first and the last was sent.
SELECT coalesce(sum(c.message_count), 0)::bigint AS messages, min(c.first_message_at) AS since, max(c.last_message_at) AS last
FROM backscroll.conversations AS c
WHERE c.id = ANY (%(chats)s::uuid[]);

-- name: bounds_answer
-- When the first and the last answered message was sent; null where there is none. The others likewise.
SELECT min(m.parent_sent_at), max(m.parent_sent_at) FROM backscroll.messages AS m WHERE m.parent_id IS NOT NULL;

-- name: bounds_reaction
SELECT min(r.message_sent_at), max(r.message_sent_at) FROM backscroll.reactions AS r;

-- name: bounds_bookmark
SELECT min(b.message_sent_at), max(b.message_sent_at) FROM backscroll.bookmarks AS b WHERE b.deleted_at IS NULL;

-- name: bounds_note
SELECT min(n.message_sent_at), max(n.message_sent_at) FROM backscroll.annotations AS n WHERE n.deleted_at IS NULL;

-- name: bounds_code
SELECT min(n.message_sent_at), max(n.message_sent_at)
FROM backscroll.annotations AS n
WHERE n.deleted_at IS NULL AND (n.category IS NOT NULL OR cardinality(n.codes) > 0);
