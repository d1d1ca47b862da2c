-- What is asked of the database of a live source, whatever system it is: its tables, and the queries of its file in
-- sql/sources ({messages}, {marks}, ...) narrowed to what is wanted. It runs there and only reads.

-- name: settings
-- In the transaction that reads, because a pooler hands the connection on after it. Times are written alike whatever the
-- person's own settings, so that marks are the same from everywhere.
SELECT set_config('statement_timeout', %(timeout)s::text, true), set_config('lock_timeout', '5000', true),
       set_config('idle_in_transaction_session_timeout', '0', true), set_config('TimeZone', 'UTC', true),
       set_config('DateStyle', 'ISO', true);

-- name: by_all_workers
-- A sum of all messages by days is then made in one look by all workers, in four tenths of the time: the planner takes every
-- message for a day of its own and would sort them first. What a version does not know is left out.
SELECT set_config(s.name, k.setting, true)
FROM pg_catalog.pg_settings AS s
JOIN (VALUES ('enable_sort', 'off'), ('enable_incremental_sort', 'off'), ('parallel_setup_cost', '0'), ('parallel_tuple_cost', '0'))
    AS k (name, setting) ON k.name = s.name;

-- name: zone
SELECT current_setting('TimeZone');

-- name: columns
-- Every column that this user may read, outside of the server's own schemas and of Backscroll's.
SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name, y.typname AS type, y.typtype::text AS type_kind,
       greatest(c.reltuples, 0)::bigint AS rows
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'backscroll') AND n.nspname !~ '^pg_(toast|temp)'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY n.nspname, c.relname, a.attnum;

-- name: indexes
-- The columns of each index of a schema, in their order.
SELECT c.relname AS relation,
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, k.n, true) FROM generate_series(1, i.indnkeyatts) AS k (n)) AS columns
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s::text AND i.indisvalid AND i.indpred IS NULL;

-- name: chat_marks
-- How many messages each chat has, and a number that changes with them. What has no time cannot come in.
SELECT q.chat, sum(q.messages)::bigint AS messages, sum(q.digest)::numeric AS digest
FROM ({marks}) AS q
WHERE q.chat <> ALL (%(excluded)s::text[]) AND q.day IS NOT NULL
GROUP BY q.chat;

-- name: day_marks
-- The same for each day of some chats, or of all.
SELECT q.chat, q.day, sum(q.messages)::bigint AS messages, sum(q.digest)::numeric AS digest
FROM ({marks}) AS q
WHERE (%(chats)s::text[] IS NULL OR q.chat = ANY (%(chats)s::text[])) AND q.chat <> ALL (%(excluded)s::text[])
  AND q.day IS NOT NULL
GROUP BY q.chat, q.day;

-- name: touched
-- Chats and days with messages that came or changed after a cursor.
SELECT DISTINCT q.chat, q.day FROM ({touched}) AS q WHERE q.chat <> ALL (%(excluded)s::text[]);

-- name: ids
-- The messages of some days of chats.
SELECT q.chat, q.id
FROM ({messages}) AS q
WHERE (q.chat, (q.sent_at AT TIME ZONE 'UTC')::date) IN
      (SELECT k.chat, k.day FROM unnest(%(chats)s::text[], %(days)s::date[]) AS k (chat, day));

-- name: present
-- Which of some messages are there, at whatever time.
SELECT q.chat, q.id
FROM ({messages}) AS q
JOIN unnest(%(chats)s::text[], %(ids)s::text[]) AS k (chat, id) ON k.chat = q.chat AND k.id = q.id;

-- name: all_messages
SELECT q.*
FROM ({messages}) AS q
WHERE q.chat <> ALL (%(excluded)s::text[])
ORDER BY q.sent_at, q.place;

-- name: messages_of_days
-- The bounds spare what lies outside them, where the source has an index on the time.
SELECT q.*
FROM ({messages}) AS q
WHERE q.sent_at >= %(since)s::timestamptz AND q.sent_at < %(until)s::timestamptz
  AND (q.chat, (q.sent_at AT TIME ZONE 'UTC')::date) IN
      (SELECT k.chat, k.day FROM unnest(%(chats)s::text[], %(days)s::date[]) AS k (chat, day))
ORDER BY q.sent_at, q.place;

-- name: list
SELECT q.* FROM ({list}) AS q;

-- name: list_of_chats
SELECT q.* FROM ({list}) AS q WHERE q.chat = ANY (%(chats)s::text[]);

-- name: list_mark
-- How long a list is, and a number that changes with it.
SELECT count(*) || ':' || coalesce(sum(hashtextextended(q::text, 0)), 0) AS mark FROM ({list}) AS q;
