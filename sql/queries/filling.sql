-- How messages that are staged come into their quarters: one that is all new is filled first, under a name of its own, and
-- indexed once, which is several times faster, before it is attached; what belongs to others is added to them.

-- name: there
-- Which of the quarters are there.
SELECT k.name FROM unnest(%(names)s::text[]) AS k (name) WHERE to_regclass('backscroll.' || k.name) IS NOT NULL;

-- name: word
-- The search vectors of what is staged. Where nothing is yet, COPY makes them, beside the batch before, which has the lock.
ALTER TABLE pg_temp.staged
    ADD COLUMN search tsvector GENERATED ALWAYS AS (backscroll.search_vector(body, search_text, stems)) STORED;

-- name: quarters
-- The quarters of what is left, and whether their partitions are there.
SELECT q.since, to_char(q.since AT TIME ZONE 'UTC', '"messages_"YYYY"q"Q') AS name,
       to_regclass('backscroll.' || to_char(q.since AT TIME ZONE 'UTC', '"messages_"YYYY"q"Q')) IS NOT NULL AS is_there
FROM (SELECT DISTINCT date_trunc('quarter', s.sent_at, 'UTC') AS since FROM pg_temp.staged AS s
       WHERE s.sent_at >= '1990-01-01 00:00+00' AND s.sent_at < '2100-01-01 00:00+00') AS q
ORDER BY q.since;

-- name: columns
(conversation_id, sent_at, id, sender_id, thread_id, parent_sent_at, parent_id, kind, tie, is_edited, is_deleted, edited_at,
    external_id, body, search_text, raw, search, run_number)

-- name: staged
s.conversation_id, s.sent_at, s.id, s.sender_id, s.thread_id, s.parent_sent_at, s.parent_id, s.kind, s.tie, s.is_edited,
    s.is_deleted, s.edited_at, s.external_id, s.body, s.search_text, s.raw

-- name: create
CREATE TABLE {table} (LIKE backscroll.messages INCLUDING DEFAULTS INCLUDING STORAGE
    INCLUDING CONSTRAINTS INCLUDING COMMENTS, CONSTRAINT in_quarter CHECK (sent_at >= {since} AND sent_at < {until}));

-- name: fill
INSERT INTO {table}
    -- include: columns
SELECT
    -- include: staged
    , s.search, {run}
FROM pg_temp.staged AS s
WHERE s.sent_at >= {since} AND s.sent_at < {until}
ORDER BY s.conversation_id, s.sent_at, s.id;

-- name: fill_wording
-- Makes the search vectors on the way, so that they are written once. The fence lets it sort before that.
INSERT INTO {table}
    -- include: columns
SELECT
    -- include: staged
    , backscroll.search_vector(s.body, s.search_text, s.stems), {run}
FROM (
    SELECT
        -- include: staged
        , s.stems
    FROM pg_temp.staged AS s
    WHERE s.sent_at >= {since} AND s.sent_at < {until}
    ORDER BY s.conversation_id, s.sent_at, s.id
    OFFSET 0
) AS s;

-- name: mould
-- An empty parent like that of all messages: as its partition a table gets every index, without a lock that others wait for.
-- What is attached with its indexes to the real one is theirs in a millisecond.
CREATE TABLE {mould} (LIKE backscroll.messages INCLUDING INDEXES) PARTITION BY RANGE (sent_at);

-- name: index
ALTER TABLE {mould} ATTACH PARTITION {table} FOR VALUES FROM ({since}) TO ({until});

-- name: take_out
ALTER TABLE {mould} DETACH PARTITION {table};

-- name: drop_mould
DROP TABLE {mould};

-- name: rename
ALTER TABLE {table} RENAME TO {name};

-- name: attach
-- Makes the indexes of the parent that the quarter has not yet; the check constraint saves the scan for rows outside.
ALTER TABLE backscroll.messages ATTACH PARTITION {quarter} FOR VALUES FROM ({since}) TO ({until});

-- name: finish
ALTER TABLE {quarter} DROP CONSTRAINT in_quarter;

-- name: comment
COMMENT ON TABLE {quarter} IS 'Messages of one quarter (UTC).';

-- name: drop
DROP TABLE {table};

-- name: insert
-- What belongs to quarters that were there.
INSERT INTO backscroll.messages
    -- include: columns
SELECT
    -- include: staged
    , s.search, %(run)s::int
FROM pg_temp.staged AS s
WHERE date_trunc('quarter', s.sent_at, 'UTC') <> ALL (%(filled)s::timestamptz[])
ORDER BY s.conversation_id, s.sent_at, s.id;

-- name: insert_wording
-- The same, where other quarters of the batch were filled apart and nothing staged has its search vector.
INSERT INTO backscroll.messages
    -- include: columns
SELECT
    -- include: staged
    , backscroll.search_vector(s.body, s.search_text, s.stems), %(run)s::int
FROM pg_temp.staged AS s
WHERE date_trunc('quarter', s.sent_at, 'UTC') <> ALL (%(filled)s::timestamptz[]);
