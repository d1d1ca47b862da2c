-- How a batch of an import becomes rows: staged by COPY, what is there already is dropped, the rest is stored set-based,
-- and every figure that is kept beside the rows is brought up to date. All of it is one transaction.

-- name: lock
-- One batch at a time: counts and figures then need no second look. Held until the end of the transaction.
SELECT pg_advisory_xact_lock(7021452209);

-- name: settings
-- A large pending list, so that the word index is written in bulk. No helpers for the indexes of a quarter: to start them
-- costs a fifth of the work, and the reader of the next batch is at work beside. Little memory for them: a word index is
-- gathered in a tree of all its words, and one that fits the processor's cache is made in five sixths of the time, and
-- smaller. Few samples of what is staged: only how it is joined hangs on them.
SELECT set_config('gin_pending_list_limit', '65536', true), set_config('max_parallel_maintenance_workers', '0', true),
       set_config('maintenance_work_mem', '4096', true), set_config('default_statistics_target', '10', true);

-- name: add_source
INSERT INTO backscroll.sources (id, identity, format, name, time_zone)
VALUES (%(id)s::uuid, %(identity)s::text, %(format)s::text, %(name)s::text, %(time_zone)s::text)
ON CONFLICT (id) DO NOTHING;

-- name: add_conversations
-- Gives the new ones; title, kind and topic follow the newest import.
WITH added AS (
    INSERT INTO backscroll.conversations AS c (id, source_id, external_id, title, kind, topic, run_number)
    SELECT k.id, %(source)s::uuid, k.external_id, k.title, k.kind, k.topic, %(run)s::int
    FROM unnest(%(ids)s::uuid[], %(external_ids)s::text[], %(titles)s::text[], %(kinds)s::text[], %(topics)s::text[])
        AS k (id, external_id, title, kind, topic)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, topic = excluded.topic
    RETURNING c.id, (xmax = 0) AS is_new
)
SELECT a.id FROM added AS a WHERE a.is_new;

-- name: add_participants
-- Gives the number of new ones.
WITH added AS (
    INSERT INTO backscroll.participants AS p (conversation_id, id, external_id, name, is_owner, run_number)
    SELECT k.conversation_id, k.id, k.external_id, k.name, k.is_owner, %(run)s::int
    FROM unnest(%(conversations)s::uuid[], %(ids)s::uuid[], %(external_ids)s::text[], %(names)s::text[], %(owners)s::boolean[])
        AS k (conversation_id, id, external_id, name, is_owner)
    ON CONFLICT (conversation_id, id) DO UPDATE SET name = excluded.name, is_owner = excluded.is_owner
    RETURNING p.conversation_id, (xmax = 0) AS is_new
), counted AS (
    UPDATE backscroll.conversations AS c SET participant_count = c.participant_count + n.new
    FROM (SELECT a.conversation_id, count(*) AS new FROM added AS a WHERE a.is_new GROUP BY 1) AS n
    WHERE c.id = n.conversation_id
    RETURNING n.new
)
SELECT coalesce(sum(n.new), 0)::bigint FROM counted AS n;

-- name: add_threads
WITH added AS (
    INSERT INTO backscroll.threads AS t (conversation_id, id, external_id, title, root_id, run_number)
    SELECT k.conversation_id, k.id, k.external_id, k.title, k.root_id, %(run)s::int
    FROM unnest(%(conversations)s::uuid[], %(ids)s::uuid[], %(external_ids)s::text[], %(titles)s::text[], %(roots)s::uuid[])
        AS k (conversation_id, id, external_id, title, root_id)
    ON CONFLICT (conversation_id, id) DO UPDATE SET title = excluded.title
    RETURNING t.conversation_id, (xmax = 0) AS is_new
)
UPDATE backscroll.conversations AS c SET thread_count = c.thread_count + n.new
FROM (SELECT a.conversation_id, count(*) AS new FROM added AS a WHERE a.is_new GROUP BY 1) AS n
WHERE c.id = n.conversation_id;

-- name: create_staged
-- What `filling` words has one column more.
CREATE TEMPORARY TABLE staged (
    conversation_id uuid NOT NULL, sent_at timestamptz NOT NULL, id uuid NOT NULL, sender_id uuid, thread_id uuid,
    parent_sent_at timestamptz, parent_id uuid, kind text NOT NULL, tie smallint NOT NULL, is_edited boolean NOT NULL,
    is_deleted boolean NOT NULL, edited_at timestamptz, external_id text, body text NOT NULL, search_text text, stems text, raw jsonb
) ON COMMIT DROP;

-- name: create_staged_attachments
CREATE TEMPORARY TABLE staged_attachments (
    conversation_id uuid NOT NULL, message_id uuid NOT NULL, position smallint NOT NULL, file_name text, mime_type text,
    size bigint, sha256 text, path text
) ON COMMIT DROP;

-- name: create_staged_reactions
CREATE TEMPORARY TABLE staged_reactions (
    conversation_id uuid NOT NULL, message_id uuid NOT NULL, emoji text NOT NULL, participant_id uuid,
    count integer, position smallint NOT NULL
) ON COMMIT DROP;

-- name: copy_messages
COPY pg_temp.staged (conversation_id, sent_at, id, sender_id, thread_id, parent_id, kind, tie, is_edited, is_deleted,
    edited_at, external_id, body, search_text, stems, raw) FROM STDIN (FORMAT BINARY);

-- name: copy_attachments
COPY pg_temp.staged_attachments (conversation_id, message_id, position, file_name, mime_type, size, sha256, path)
    FROM STDIN (FORMAT BINARY);

-- name: copy_reactions
COPY pg_temp.staged_reactions (conversation_id, message_id, emoji, participant_id, count, position)
    FROM STDIN (FORMAT BINARY);

-- name: analyse
-- Only what the joins below look at; statistics of texts take longer than they are worth.
ANALYZE pg_temp.staged (conversation_id, sent_at, id, parent_id);

-- name: tell_languages
-- What the messages' stems are of; a chat keeps the language that it has. Comes before messages are counted: what is
-- in a chat that has none yet are all of its messages.
UPDATE backscroll.conversations AS c
SET language = CASE WHEN c.is_language_set THEN c.language ELSE coalesce(c.language, k.language) END,
    stemmed = CASE WHEN c.message_count = 0 OR c.stemmed = k.language THEN k.language END
FROM unnest(%(ids)s::uuid[], %(languages)s::text[]) AS k (id, language)
WHERE c.id = k.id
  AND ((c.language IS NULL AND NOT c.is_language_set AND k.language IS NOT NULL) OR c.stemmed IS DISTINCT FROM k.language);

-- name: add_words
-- The words stand in one text, which is made in a tenth of the time that a list of them takes.
INSERT INTO backscroll.words (word) SELECT k.word FROM string_to_table(%(words)s::text, ' ') AS k (word) ON CONFLICT DO NOTHING;

-- name: find_parents_staged
UPDATE pg_temp.staged AS s SET parent_sent_at = p.sent_at
FROM pg_temp.staged AS p
WHERE s.parent_id IS NOT NULL AND p.conversation_id = s.conversation_id AND p.id = s.parent_id;

-- name: find_parents_stored
UPDATE pg_temp.staged AS s SET parent_sent_at = p.sent_at
FROM backscroll.messages AS p
WHERE s.parent_id IS NOT NULL AND s.parent_sent_at IS NULL AND p.conversation_id = s.conversation_id AND p.id = s.parent_id;

-- name: insert_attachments
INSERT INTO backscroll.attachments (conversation_id, message_id, position, file_name, mime_type, size, sha256, path, run_number)
SELECT a.conversation_id, a.message_id, a.position, a.file_name, a.mime_type, a.size, a.sha256, a.path, %(run)s::int
FROM pg_temp.staged_attachments AS a
JOIN pg_temp.staged AS s ON s.conversation_id = a.conversation_id AND s.id = a.message_id
ON CONFLICT (conversation_id, message_id, position) DO NOTHING;

-- name: insert_reactions
-- Of two counts the greater one stays, whichever export came first.
INSERT INTO backscroll.reactions AS k (conversation_id, message_sent_at, message_id, emoji, participant_id, count, position,
    run_number)
SELECT r.conversation_id, s.sent_at, r.message_id, r.emoji, r.participant_id, max(r.count), min(r.position), %(run)s::int
FROM pg_temp.staged_reactions AS r
JOIN pg_temp.staged AS s ON s.conversation_id = r.conversation_id AND s.id = r.message_id
GROUP BY r.conversation_id, s.sent_at, r.message_id, r.emoji, r.participant_id
ON CONFLICT (conversation_id, message_id, emoji, participant_id)
    DO UPDATE SET count = excluded.count WHERE excluded.count > k.count;

-- name: count_all
-- Every figure that is kept beside messages, from one look at what is staged; to which conversations the run brought some, and
-- between which times, leads to them when it is taken back. A row of `sums` is of a chat's day (`part` 2), of one of its
-- people (1), or of all of it (3).
WITH sums AS MATERIALIZED (
    SELECT s.conversation_id, s.sender_id, s.day, grouping(s.sender_id, s.day) AS part, count(*) AS messages,
           min(s.sent_at) AS first_at, max(s.sent_at) AS last_at
    FROM (SELECT o.conversation_id, o.sender_id, o.sent_at, (o.sent_at AT TIME ZONE 'UTC')::date AS day
            FROM pg_temp.staged AS o) AS s
    GROUP BY GROUPING SETS ((s.conversation_id, s.day), (s.conversation_id, s.sender_id), (s.conversation_id))
), days AS (
    INSERT INTO backscroll.conversation_days AS d (conversation_id, day, messages)
    SELECT n.conversation_id, n.day, n.messages FROM sums AS n WHERE n.part = 2
    ON CONFLICT (conversation_id, day) DO UPDATE
        SET messages = d.messages + excluded.messages, changed_at = clock_timestamp()
), people AS (
    UPDATE backscroll.participants AS p
    SET message_count = p.message_count + n.messages, first_message_at = least(p.first_message_at, n.first_at),
        last_message_at = greatest(p.last_message_at, n.last_at)
    FROM sums AS n
    WHERE n.part = 1 AND p.conversation_id = n.conversation_id AND p.id = n.sender_id
), brought AS (
    INSERT INTO backscroll.import_run_conversations AS k
        (conversation_id, run_number, messages, first_message_at, last_message_at)
    SELECT n.conversation_id, %(run)s::int, n.messages, n.first_at, n.last_at FROM sums AS n
    WHERE n.part = 3 AND %(run)s::int IS NOT NULL
    ON CONFLICT (conversation_id, run_number) DO UPDATE
        SET messages = k.messages + excluded.messages,
            first_message_at = least(k.first_message_at, excluded.first_message_at),
            last_message_at = greatest(k.last_message_at, excluded.last_message_at)
), latest AS (
    SELECT DISTINCT ON (s.conversation_id) s.conversation_id, s.sent_at, s.id, s.kind, p.name AS sender,
           left(s.body, 160) AS said, n.messages, n.first_at
    FROM sums AS n
    JOIN pg_temp.staged AS s ON s.conversation_id = n.conversation_id AND s.sent_at = n.last_at
    LEFT JOIN backscroll.participants AS p ON p.conversation_id = s.conversation_id AND p.id = s.sender_id
    WHERE n.part = 3
    ORDER BY s.conversation_id, s.id DESC
)
UPDATE backscroll.conversations AS c
SET message_count = c.message_count + n.messages, first_message_at = least(c.first_message_at, n.first_at), updated_at = now(),
    last_message_at = CASE WHEN t.is_last THEN n.sent_at ELSE c.last_message_at END,
    last_message_id = CASE WHEN t.is_last THEN n.id ELSE c.last_message_id END,
    last_kind = CASE WHEN t.is_last THEN n.kind ELSE c.last_kind END,
    last_sender = CASE WHEN t.is_last THEN n.sender ELSE c.last_sender END,
    last_text = CASE WHEN t.is_last THEN n.said ELSE c.last_text END
FROM latest AS n
JOIN backscroll.conversations AS o ON o.id = n.conversation_id
CROSS JOIN LATERAL (
    SELECT o.last_message_at IS NULL OR (n.sent_at, n.id) > (o.last_message_at, o.last_message_id) AS is_last
) AS t
WHERE c.id = n.conversation_id;

-- name: count_threads
UPDATE backscroll.threads AS t
SET message_count = t.message_count + n.messages, first_message_at = least(t.first_message_at, n.first_at),
    last_message_at = greatest(t.last_message_at, n.last_at), root_sent_at = coalesce(t.root_sent_at, n.root_sent_at)
FROM (SELECT s.conversation_id, s.thread_id, count(*) AS messages, min(s.sent_at) AS first_at, max(s.sent_at) AS last_at,
             min(s.sent_at) FILTER (WHERE s.id = h.root_id) AS root_sent_at
        FROM pg_temp.staged AS s
        JOIN backscroll.threads AS h ON h.conversation_id = s.conversation_id AND h.id = s.thread_id
       GROUP BY 1, 2) AS n
WHERE t.conversation_id = n.conversation_id AND t.id = n.thread_id;

-- name: relink_bookmarks
-- A message that was taken back and comes again may stand at another time.
UPDATE backscroll.bookmarks AS b SET message_sent_at = s.sent_at
FROM pg_temp.staged AS s
WHERE b.conversation_id = s.conversation_id AND b.message_id = s.id AND b.message_sent_at <> s.sent_at;

-- name: relink_annotations
UPDATE backscroll.annotations AS n SET message_sent_at = s.sent_at
FROM pg_temp.staged AS s
WHERE n.conversation_id = s.conversation_id AND n.message_id = s.id AND n.message_sent_at <> s.sent_at;

-- name: find_children
-- Answers that came before what they answer. The fence lets it begin with those, which are few.
WITH found AS (
    UPDATE backscroll.messages AS m SET parent_sent_at = k.parent_sent_at
    FROM (
        SELECT o.conversation_id, o.sent_at, o.id, s.sent_at AS parent_sent_at
        FROM backscroll.messages AS o
        JOIN pg_temp.staged AS s ON s.conversation_id = o.conversation_id AND s.id = o.parent_id
        WHERE o.parent_sent_at IS NULL AND o.parent_id IS NOT NULL AND o.conversation_id = ANY (%(conversations)s::uuid[])
        OFFSET 0
    ) AS k
    WHERE m.conversation_id = k.conversation_id AND m.sent_at = k.sent_at AND m.id = k.id
    RETURNING m.conversation_id, m.sent_at
)
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.sent_at AT TIME ZONE 'UTC')::date AS day FROM found AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

