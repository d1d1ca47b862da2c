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
-- The first %(walk)s messages beyond the cursor, filtered. What is frequent fills its page here.
SELECT m.conversation_id, m.sent_at, m.id
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id, m.parent_id, m.kind, m.is_edited, m.is_deleted,
           m.body, m.raw, m.search
    FROM backscroll.messages AS m
    WHERE {beyond}
    ORDER BY {order}
    LIMIT %(walk)s::int
) AS m
WHERE {condition}
ORDER BY {order}
LIMIT %(limit)s::int;

-- name: walk_in_chats
-- The same inside chats: the first %(walk)s messages of each, which is the whole of a small one.
SELECT m.conversation_id, m.sent_at, m.id
FROM unnest(%(chats)s::uuid[]) AS k (conversation_id)
CROSS JOIN LATERAL (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.thread_id, m.parent_id, m.kind, m.is_edited, m.is_deleted,
           m.body, m.raw, m.search
    FROM backscroll.messages AS m
    WHERE m.conversation_id = k.conversation_id AND {beyond}
    ORDER BY {order}
    LIMIT %(walk)s::int
) AS m
WHERE {condition}
ORDER BY {order}
LIMIT %(limit)s::int;

-- name: hits
-- The hits of some quarters beyond the cursor, in the order of the walk. There is a hits_in for each, with UNION ALL
-- between: the next one is not begun before it is needed, and as each has a limit of its own no plan turns them round.
SELECT m.conversation_id, m.sent_at, m.id FROM ({arms}) AS m LIMIT %(limit)s::int;

-- name: hits_in
-- By the indexes of one quarter. The cursor stands outside the fence: inside it a general plan would read the whole
-- quarter by time as well, to join both.
(SELECT m.conversation_id, m.sent_at, m.id
FROM (SELECT m.conversation_id, m.sent_at, m.id FROM {quarter} AS m WHERE {condition} OFFSET 0) AS m
WHERE {beyond} ORDER BY {order} LIMIT %(limit)s::int)

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

-- name: sizes
-- How many messages some chats hold.
SELECT coalesce(sum(c.message_count), 0)::bigint FROM backscroll.conversations AS c WHERE c.id = ANY (%(chats)s::uuid[]);

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
WHERE n.deleted_at IS NULL AND n.category IS NOT NULL;
