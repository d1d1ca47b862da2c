-- Statistics of chats: which months have to be counted, counting them, and what was counted.
--
-- Months are those of a time zone, the day index is in UTC: what is known of a month is the sum of its days and of two
-- days before and after it, which also hold what the first messages of the month answer.

-- name: around
-- The months about which a day tells something: at its two ends five days lie in one month, or in two.
CROSS JOIN LATERAL (
    SELECT date_trunc('month', (d.day - 2)::timestamp)::date AS month
    WHERE d.day > '0001-03-01' AND d.day < '9999-10-01'
    UNION ALL
    SELECT date_trunc('month', (d.day + 2)::timestamp)::date
    WHERE d.day > '0001-03-01' AND d.day < '9999-10-01' AND date_part('day', d.day + 2) <= 4
) AS a

-- name: stale
-- The months of a chat that have to be counted (where it is counted anew: all), with the messages known of them (0: the
-- month is to go), the oldest first.
WITH known AS (
    SELECT a.month, sum(d.messages)::bigint AS messages, max(d.changed_at) AS changed_at
    FROM backscroll.conversation_days AS d
    -- include: around
    WHERE d.conversation_id = %(chat)s::uuid
    GROUP BY a.month
), kept AS (
    SELECT s.month, s.known_messages, s.known_at
    FROM backscroll.month_statistics AS s
    WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text
      AND s.participant_id = '00000000-0000-0000-0000-000000000000'
)
SELECT coalesce(n.month, k.month) AS month, coalesce(n.messages, 0) AS messages
FROM known AS n
FULL JOIN kept AS k ON k.month = n.month
WHERE %(is_anew)s::boolean OR (k.known_messages, k.known_at) IS DISTINCT FROM (n.messages, n.changed_at)
ORDER BY 1;

-- name: stale_chats
-- The chats of the archive that have months to be counted, with the messages known of these.
WITH known AS (
    SELECT d.conversation_id, a.month, sum(d.messages)::bigint AS messages, max(d.changed_at) AS changed_at
    FROM backscroll.conversation_days AS d
    -- include: around
    GROUP BY d.conversation_id, a.month
), kept AS (
    SELECT s.conversation_id, s.month, s.known_messages, s.known_at
    FROM backscroll.month_statistics AS s
    WHERE s.time_zone = %(zone)s::text AND s.participant_id = '00000000-0000-0000-0000-000000000000'
)
SELECT coalesce(n.conversation_id, k.conversation_id) AS chat, coalesce(sum(n.messages), 0)::bigint AS messages
FROM known AS n
FULL JOIN kept AS k ON k.conversation_id = n.conversation_id AND k.month = n.month
WHERE (k.known_messages, k.known_at) IS DISTINCT FROM (n.messages, n.changed_at)
GROUP BY 1
ORDER BY 1;

-- name: missing
-- Which partitions are not there yet. Asked of the catalogue itself: what a backend remembers of names may be older than
-- the lock that it waited for.
SELECT k.name, k.month
FROM (SELECT DISTINCT to_char(w.month, '"month_statistics_"YYYY"m"MM') AS name, w.month
        FROM unnest(%(months)s::date[]) AS w (month)
       WHERE w.month >= '1990-01-01' AND w.month < '2100-01-01') AS k
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = 'backscroll'::regnamespace AND c.relname = k.name)
ORDER BY k.month;

-- name: partition
-- Attached and not made in place: that would wait for everybody who reads.
CREATE TABLE {table} (LIKE backscroll.month_statistics INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING COMMENTS);
COMMENT ON TABLE {table} IS 'Statistics of one month.';
ALTER TABLE backscroll.month_statistics ATTACH PARTITION {table} FOR VALUES FROM ({since}) TO ({until});

-- name: forget
DELETE FROM backscroll.month_statistics AS s
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.month = ANY (%(months)s::date[]);

-- name: count
-- Counts months of a chat, all from one look at its messages: `said` is a narrow row for each, `counted` what is counted by
-- month and person. Who answers: a message that says what it answers answers that, any other the one right before it, where
-- that is another person's and not older than a day. What is sampled: messages up to an id, which are digests. Two programs
-- may count the same months at a time: the first one's rows stay, with what they were counted from.
WITH wanted AS (
    SELECT k.month, k.last_sampled, k.fewest, k.month::timestamp AT TIME ZONE %(zone)s::text AS since,
           (k.month + interval '1 month') AT TIME ZONE %(zone)s::text AS until
    FROM unnest(%(months)s::date[], %(sampled)s::uuid[], %(fewest)s::int[]) AS k (month, last_sampled, fewest)
), said AS MATERIALIZED (
    SELECT w.month, r.sender_id, r.kind, r.letters, r.linked, r.pictured, r.worded,
           ((r.clock::date - w.month) * 24 + date_part('hour', r.clock))::smallint AS hour,
           CASE WHEN r.answered_id <> r.sender_id THEN r.answered_id END AS answered_id,
           CASE WHEN r.answered_id <> r.sender_id
                THEN width_bucket(round(date_part('epoch', r.sent_at - r.answered_at)), %(edges)s::float8[])::smallint
           END AS reply
    FROM wanted AS w
    CROSS JOIN LATERAL (
        SELECT o.sent_at, o.sender_id, o.kind, o.letters, o.linked, o.pictured, o.worded,
               o.sent_at AT TIME ZONE %(zone)s::text AS clock,
               CASE WHEN o.parent_id IS NOT NULL THEN o.parent_sent_at ELSE o.before_at END AS answered_at,
               CASE WHEN o.parent_id IS NOT NULL
                    THEN (SELECT p.sender_id FROM backscroll.messages AS p
                           WHERE p.conversation_id = %(chat)s::uuid AND p.sent_at = o.parent_sent_at AND p.id = o.parent_id)
                    WHEN o.before_at >= o.sent_at - interval '1 day' THEN o.before_id
               END AS answered_id
        FROM (
            SELECT n.sent_at, n.sender_id, n.kind, n.parent_id, n.parent_sent_at, n.letters, n.linked, n.pictured, n.worded,
                   lag(n.sender_id) OVER (ORDER BY n.sent_at, n.id) AS before_id,
                   lag(n.sent_at) OVER (ORDER BY n.sent_at, n.id) AS before_at
            FROM (
                SELECT m.sent_at, m.id, m.sender_id, m.kind, m.parent_id, m.parent_sent_at, length(m.body) AS letters,
                       CASE WHEN m.body LIKE '%%://%%' THEN m.body END AS linked,
                       CASE WHEN m.search_text LIKE '%%emoji%%' THEN m.body END AS pictured,
                       CASE WHEN m.id <= w.last_sampled THEN m.search END AS worded
                FROM backscroll.messages AS m
                WHERE m.conversation_id = %(chat)s::uuid
                  AND m.sent_at >= w.since - interval '1 day' AND m.sent_at < w.until AND m.deleted_at IS NULL
                OFFSET 0  -- a fence: whole rows would go through the window, which takes as long as all else
            ) AS n
        ) AS o
        WHERE o.sent_at >= w.since
        OFFSET 0  -- a fence: who was answered is looked for once
    ) AS r
), made AS (
    SELECT s.month, s.sender_id, GROUPING(s.sender_id) = 1 AS is_all, s.kind, count(*) AS messages, sum(s.letters) AS letters,
           count(s.worded) AS sampled
    FROM said AS s GROUP BY GROUPING SETS ((s.month, s.kind), (s.month, s.sender_id, s.kind))
), sent AS (
    SELECT s.month, s.sender_id, GROUPING(s.sender_id) = 1 AS is_all, s.hour / 24 AS day,
           ((date_part('isodow', s.month)::int - 1) * 24 + s.hour) %% 168 AS week_hour, count(*) AS number
    FROM said AS s GROUP BY GROUPING SETS ((s.month, s.hour), (s.month, s.sender_id, s.hour))
), counted AS (
    SELECT s.month, s.sender_id, s.is_all, 'day' AS what, s.day::text AS value, sum(s.number)::bigint AS number
    FROM sent AS s GROUP BY s.month, s.sender_id, s.is_all, s.day
    UNION ALL
    SELECT s.month, s.sender_id, s.is_all, 'hour', s.week_hour::text, sum(s.number)::bigint
    FROM sent AS s GROUP BY s.month, s.sender_id, s.is_all, s.week_hour
    UNION ALL
    SELECT m.month, m.sender_id, m.is_all, v.what, m.kind, v.number
    FROM made AS m
    CROSS JOIN LATERAL (VALUES ('kind', m.messages), ('letters', m.letters), ('sampled', m.sampled)) AS v (what, number)
    UNION ALL
    SELECT s.month, s.sender_id, GROUPING(s.sender_id) = 1, 'host', h.host, count(*)
    FROM said AS s
    CROSS JOIN LATERAL (SELECT rtrim(lower(f.parts[1]), '.') AS host
                        FROM regexp_matches(s.linked, %(link)s::text, 'gi') AS f (parts)) AS h
    WHERE s.linked IS NOT NULL AND h.host <> ''
    GROUP BY GROUPING SETS ((s.month, h.host), (s.month, s.sender_id, h.host))
    UNION ALL
    SELECT s.month, s.sender_id, GROUPING(s.sender_id) = 1, 'emoji', e.emoji, count(*)
    FROM said AS s
    CROSS JOIN LATERAL (SELECT replace(f.parts[1], U&'\FE0F', '') AS emoji
                        FROM regexp_matches(s.pictured, %(emoji)s::text, 'g') AS f (parts)) AS e
    WHERE s.pictured IS NOT NULL
    GROUP BY GROUPING SETS ((s.month, e.emoji), (s.month, s.sender_id, e.emoji))
    UNION ALL
    SELECT s.month, s.sender_id, GROUPING(s.sender_id) = 1, 'reply', s.reply::text, count(*)
    FROM said AS s
    WHERE s.answered_id IS NOT NULL
    GROUP BY GROUPING SETS ((s.month, s.reply), (s.month, s.sender_id, s.reply))
    UNION ALL
    SELECT s.month, s.sender_id, false, 'answer', s.answered_id::text, count(*)
    FROM said AS s
    WHERE s.answered_id IS NOT NULL
    GROUP BY s.month, s.sender_id, s.answered_id
    UNION ALL
    SELECT w.month, NULL, true, 'reaction', r.emoji, sum(r.number)::bigint
    FROM wanted AS w
    JOIN (
        SELECT o.message_sent_at, replace(o.emoji, U&'\FE0F', '') AS emoji,
               greatest(count(o.participant_id), coalesce(max(o.count), 0)) AS number
        FROM (SELECT c.message_sent_at, c.message_id, c.emoji, c.participant_id, c.count
                FROM backscroll.reactions AS c WHERE c.conversation_id = %(chat)s::uuid OFFSET 0) AS o
        GROUP BY o.message_sent_at, o.message_id, o.emoji
    ) AS r ON r.message_sent_at >= w.since AND r.message_sent_at < w.until
    GROUP BY w.month, r.emoji
    UNION ALL
    SELECT w.month, NULL, true, 'letters', '', 0 FROM wanted AS w
), common AS MATERIALIZED (
    SELECT f.month, (array_agg(f.lexeme ORDER BY f.number DESC, f.lexeme COLLATE "C"))[:500] AS words,
           (array_agg(f.number::int ORDER BY f.number DESC, f.lexeme COLLATE "C"))[:500] AS word_messages
    FROM (
        SELECT s.month, l.lexeme, count(*) AS number
        FROM said AS s
        CROSS JOIN LATERAL unnest(s.worded) AS l
        WHERE s.worded IS NOT NULL
        GROUP BY s.month, l.lexeme
        HAVING count(*) > 1
        OFFSET 0  -- a fence: what is no word is told of the few that are left, not of all
    ) AS f
    JOIN wanted AS w ON w.month = f.month
    WHERE CASE WHEN f.number >= w.fewest THEN f.lexeme !~ %(no_word)s::text END
    GROUP BY f.month
), known AS MATERIALIZED (
    SELECT a.month, sum(d.messages)::bigint AS messages, max(d.changed_at) AS changed_at
    FROM backscroll.conversation_days AS d
    -- include: around
    WHERE d.conversation_id = %(chat)s::uuid
    GROUP BY a.month
)
INSERT INTO backscroll.month_statistics (conversation_id, time_zone, participant_id, month, job_id, messages, letters, days,
    day_messages, hours, hour_messages, kinds, hosts, emoji, reactions, replies, reply_messages, answers, words,
    word_messages, sampled, known_messages, known_at)
SELECT %(chat)s::uuid, %(zone)s::text, p.participant_id, p.month, %(job)s::uuid, p.messages, p.letters, p.days,
    p.day_messages, p.hours, p.hour_messages, p.kinds, p.hosts, p.emoji, p.reactions, p.replies, p.reply_messages, p.answers,
    coalesce(o.words, '{}'), coalesce(o.word_messages, '{}'), p.sampled, k.messages, k.changed_at
FROM (
    SELECT CASE WHEN c.is_all THEN '00000000-0000-0000-0000-000000000000' ELSE c.sender_id END AS participant_id, c.month,
        coalesce(sum(c.number) FILTER (WHERE c.what = 'day'), 0) AS messages,
        coalesce(sum(c.number) FILTER (WHERE c.what = 'letters'), 0) AS letters,
        coalesce(array_agg(c.value::smallint ORDER BY c.value::smallint) FILTER (WHERE c.what = 'day'), '{}') AS days,
        coalesce(array_agg(c.number::int ORDER BY c.value::smallint) FILTER (WHERE c.what = 'day'), '{}') AS day_messages,
        coalesce(array_agg(c.value::smallint ORDER BY c.value::smallint) FILTER (WHERE c.what = 'hour'), '{}') AS hours,
        coalesce(array_agg(c.number::int ORDER BY c.value::smallint) FILTER (WHERE c.what = 'hour'), '{}') AS hour_messages,
        coalesce(jsonb_object_agg(c.value, c.number) FILTER (WHERE c.what = 'kind'), '{}') AS kinds,
        coalesce(jsonb_object_agg(c.value, c.number) FILTER (WHERE c.what = 'host'), '{}') AS hosts,
        coalesce(jsonb_object_agg(c.value, c.number) FILTER (WHERE c.what = 'emoji'), '{}') AS emoji,
        coalesce(jsonb_object_agg(c.value, c.number) FILTER (WHERE c.what = 'reaction'), '{}') AS reactions,
        coalesce(array_agg(c.value::smallint ORDER BY c.value::smallint) FILTER (WHERE c.what = 'reply'), '{}') AS replies,
        coalesce(array_agg(c.number::int ORDER BY c.value::smallint) FILTER (WHERE c.what = 'reply'), '{}') AS reply_messages,
        coalesce(jsonb_object_agg(c.value, c.number) FILTER (WHERE c.what = 'answer'), '{}') AS answers,
        coalesce(sum(c.number) FILTER (WHERE c.what = 'sampled'), 0) AS sampled
    FROM counted AS c
    WHERE c.is_all OR c.sender_id IS NOT NULL
    GROUP BY c.month, c.is_all, c.sender_id
) AS p
LEFT JOIN known AS k ON k.month = p.month AND p.participant_id = '00000000-0000-0000-0000-000000000000'
LEFT JOIN common AS o ON o.month = p.month AND p.participant_id = '00000000-0000-0000-0000-000000000000'
ON CONFLICT (conversation_id, time_zone, participant_id, month) DO NOTHING;

-- name: weigh
-- What each month's words tell: the share of its messages that have a word, by the logarithm of how many times the share
-- of the chat's other messages that is, which has to be twice at least. In a month alone nothing can be compared.
WITH counted AS MATERIALIZED (
    SELECT s.month, s.sampled, u.word, u.messages
    FROM backscroll.month_statistics AS s
    CROSS JOIN LATERAL unnest(s.words, s.word_messages) AS u (word, messages)
    WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text
      AND s.participant_id = '00000000-0000-0000-0000-000000000000'
), whole AS MATERIALIZED (
    SELECT sum(s.sampled)::float8 AS sampled
    FROM backscroll.month_statistics AS s
    WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text
      AND s.participant_id = '00000000-0000-0000-0000-000000000000'
), compared AS (
    SELECT c.month, c.word, c.messages, c.messages::float8 / c.sampled AS share,
           (sum(c.messages) OVER (PARTITION BY c.word) - c.messages + 0.5::float8) / (w.sampled - c.sampled + 1) AS elsewhere
    FROM counted AS c
    CROSS JOIN whole AS w
    WHERE w.sampled > c.sampled
), ranked AS (
    SELECT p.month, p.word, p.messages, p.share * ln(p.share / p.elsewhere) AS weight,
           row_number() OVER (PARTITION BY p.month ORDER BY p.share * ln(p.share / p.elsewhere) DESC, p.word) AS place
    FROM compared AS p
    WHERE p.share >= 2 * p.elsewhere
), chosen AS MATERIALIZED (
    SELECT r.month, jsonb_agg(jsonb_build_array(r.word, r.messages, round(r.weight::numeric, 6)) ORDER BY r.place) AS keywords
    FROM ranked AS r
    WHERE r.place <= %(most)s::int
    GROUP BY r.month
)
UPDATE backscroll.month_statistics AS s
SET keywords = n.keywords
FROM (SELECT o.month, coalesce(c.keywords, '[]') AS keywords
        FROM backscroll.month_statistics AS o
        LEFT JOIN chosen AS c ON c.month = o.month
       WHERE o.conversation_id = %(chat)s::uuid AND o.time_zone = %(zone)s::text
         AND o.participant_id = '00000000-0000-0000-0000-000000000000') AS n
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.month = n.month
  AND s.participant_id = '00000000-0000-0000-0000-000000000000' AND s.keywords <> n.keywords;

-- name: months
-- What was counted of a chat and a person (or everybody), the oldest month first.
SELECT s.month, s.messages, s.letters, s.days, s.day_messages, s.hours, s.hour_messages, s.kinds, s.hosts, s.emoji, s.reactions, s.replies,
    s.reply_messages, s.keywords
FROM backscroll.month_statistics AS s
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.participant_id = %(person)s::uuid
  AND s.messages > 0
ORDER BY s.month;

-- name: reply_times
-- How soon some people of a chat answered: person, stretch of time, answers.
SELECT s.participant_id, r.reply, sum(r.messages)::bigint
FROM backscroll.month_statistics AS s
CROSS JOIN LATERAL unnest(s.replies, s.reply_messages) AS r (reply, messages)
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.participant_id = ANY (%(people)s::uuid[])
GROUP BY 1, 2
ORDER BY 1, 2;

-- name: answers
-- Whom some people of a chat answered: who, whom, how often.
SELECT s.participant_id, a.key::uuid, sum(a.value::bigint)::bigint
FROM backscroll.month_statistics AS s
CROSS JOIN LATERAL jsonb_each_text(s.answers) AS a (key, value)
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.participant_id = ANY (%(people)s::uuid[])
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2;

-- name: hits
-- The hits of a search in one quarter, counted each in three ways: by chat and sender, by kind, and by their hour in a zone.
-- {quarter} is one partition of messages, {condition} is put together from conditions.sql.
SELECT g.conversation_id, p.name AS sender, g.kind, g.hour, g.hits
FROM (
    SELECT m.conversation_id, m.sender_id, m.kind, m.hour, count(*) AS hits
    FROM (
        SELECT m.conversation_id, m.sender_id, m.kind, date_trunc('hour', m.sent_at AT TIME ZONE %(zone)s::text) AS hour
        FROM {quarter} AS m
        WHERE {condition}
    ) AS m
    GROUP BY GROUPING SETS ((m.conversation_id, m.sender_id), (m.kind), (m.hour))
) AS g
LEFT JOIN backscroll.participants AS p ON p.conversation_id = g.conversation_id AND p.id = g.sender_id;
