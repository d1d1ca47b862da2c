-- The search plan: walk the quarters from the newest (or oldest) and ask the word index of each, until the page is full.
--
-- The planner is never asked to choose between the word index and a walk by time: it assumes that hits are spread evenly
-- over time and takes seconds for a word of one era. OFFSET 0 is the fence that keeps the choice from it.
-- %(query)s is a tsquery; %(chats)s, %(senders)s, %(since)s and %(until)s narrow it where they are not null.

-- name: tsquery
-- The words of a query as the server's parser cuts them; empty where nothing is left to look for.
SELECT to_tsquery('pg_catalog.simple', %(text)s::text)::text;

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

-- name: recent
-- Step A: the newest 4,000 messages before the cursor, filtered. A frequent word fills its page here.
SELECT z.conversation_id, z.sent_at, z.id
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.search
    FROM backscroll.messages AS m
    WHERE (m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at <= %(sent_at)s::timestamptz
    ORDER BY m.sent_at DESC, m.id DESC
    LIMIT 4000
) AS z
WHERE z.search @@ %(query)s::tsquery
  AND (%(senders)s::uuid[] IS NULL OR z.sender_id = ANY (%(senders)s::uuid[]))
  AND (%(since)s::timestamptz IS NULL OR z.sent_at >= %(since)s::timestamptz)
  AND (%(until)s::timestamptz IS NULL OR z.sent_at < %(until)s::timestamptz)
ORDER BY z.sent_at DESC, z.id DESC
LIMIT %(limit)s::int;

-- name: recent_in_chats
-- The same inside chats: the newest %(walk)s messages of each, which is the whole of a small one.
SELECT z.conversation_id, z.sent_at, z.id
FROM unnest(%(chats)s::uuid[]) AS k (conversation_id)
CROSS JOIN LATERAL (
    SELECT m.conversation_id, m.sent_at, m.id, m.sender_id, m.search
    FROM backscroll.messages AS m
    WHERE m.conversation_id = k.conversation_id
      AND (m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at <= %(sent_at)s::timestamptz
    ORDER BY m.sent_at DESC, m.id DESC
    LIMIT %(walk)s::int
) AS z
WHERE z.search @@ %(query)s::tsquery
  AND (%(senders)s::uuid[] IS NULL OR z.sender_id = ANY (%(senders)s::uuid[]))
  AND (%(since)s::timestamptz IS NULL OR z.sent_at >= %(since)s::timestamptz)
  AND (%(until)s::timestamptz IS NULL OR z.sent_at < %(until)s::timestamptz)
ORDER BY z.sent_at DESC, z.id DESC
LIMIT %(limit)s::int;

-- name: quarter_newest
-- Step B: the hits of one quarter before the cursor, newest first.
SELECT z.conversation_id, z.sent_at, z.id
FROM (
    SELECT m.conversation_id, m.sent_at, m.id
    FROM {quarter} AS m
    WHERE m.search @@ %(query)s::tsquery
      AND (m.sent_at, m.id) < (%(sent_at)s::timestamptz, %(id)s::uuid)
      AND (%(chats)s::uuid[] IS NULL OR m.conversation_id = ANY (%(chats)s::uuid[]))
      AND (%(senders)s::uuid[] IS NULL OR m.sender_id = ANY (%(senders)s::uuid[]))
      AND (%(since)s::timestamptz IS NULL OR m.sent_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR m.sent_at < %(until)s::timestamptz)
    OFFSET 0
) AS z
ORDER BY z.sent_at DESC, z.id DESC
LIMIT %(limit)s::int;

-- name: quarter_oldest
-- The hits of one quarter after the cursor, oldest first.
SELECT z.conversation_id, z.sent_at, z.id
FROM (
    SELECT m.conversation_id, m.sent_at, m.id
    FROM {quarter} AS m
    WHERE m.search @@ %(query)s::tsquery
      AND (m.sent_at, m.id) > (%(sent_at)s::timestamptz, %(id)s::uuid)
      AND (%(chats)s::uuid[] IS NULL OR m.conversation_id = ANY (%(chats)s::uuid[]))
      AND (%(senders)s::uuid[] IS NULL OR m.sender_id = ANY (%(senders)s::uuid[]))
      AND (%(since)s::timestamptz IS NULL OR m.sent_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR m.sent_at < %(until)s::timestamptz)
    OFFSET 0
) AS z
ORDER BY z.sent_at, z.id
LIMIT %(limit)s::int;

-- name: quarter_ranked
-- The best hits of one quarter among at most %(candidates)s; `seen` says how many were scored.
SELECT z.conversation_id, z.sent_at, z.id, ts_rank(z.search, %(query)s::tsquery) AS score, count(*) OVER () AS seen
FROM (
    SELECT m.conversation_id, m.sent_at, m.id, m.search
    FROM {quarter} AS m
    WHERE m.search @@ %(query)s::tsquery
      AND (%(chats)s::uuid[] IS NULL OR m.conversation_id = ANY (%(chats)s::uuid[]))
      AND (%(senders)s::uuid[] IS NULL OR m.sender_id = ANY (%(senders)s::uuid[]))
      AND (%(since)s::timestamptz IS NULL OR m.sent_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR m.sent_at < %(until)s::timestamptz)
    LIMIT %(candidates)s::int
) AS z
ORDER BY score DESC, z.sent_at DESC, z.id DESC
LIMIT %(limit)s::int;

-- name: senders
-- Participants whose name contains every one of the given words.
SELECT p.id
FROM backscroll.participants AS p
WHERE NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w (word) WHERE position(w.word IN lower(p.name)) = 0)
LIMIT 10000;

-- name: chats
-- Chats whose title contains every one of the given words.
SELECT c.id
FROM backscroll.conversations AS c
WHERE NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w (word) WHERE position(w.word IN lower(c.title)) = 0)
LIMIT 10000;

-- name: size
-- How many messages some chats hold.
SELECT coalesce(sum(c.message_count), 0)::bigint FROM backscroll.conversations AS c WHERE c.id = ANY (%(chats)s::uuid[]);
