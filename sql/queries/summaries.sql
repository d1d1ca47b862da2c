-- Stored summaries of a chat, and the messages that their sentences lean on.

-- name: of_chat
-- The newest stretch first, one that has no end before all others. `present` is how many messages the stretch has now,
-- which only the search itself knows of hits: a stretch of up to two days is counted, of a longer one whole days come
-- from the day index.
SELECT s.id, s.thread_id, s.period_start, s.period_end, s.text, s.message_count, s.participants, s.method, s.model, s.status,
       s.generated_at, s.scope, s.query, s.newest_sent_at, s.newest_id, s.tokens_in, s.tokens_out, s.price, s.is_masked,
       t.title AS thread, l.starts, l.ends, l.sent_ats, l.ids,
       CASE
           WHEN s.query <> '' OR s.newest_id IS NULL THEN NULL
           WHEN s.thread_id IS NOT NULL THEN t.message_count
           WHEN s.period_end - s.period_start <= interval '2 days' THEN (
               SELECT count(*) FROM backscroll.messages AS m
                WHERE m.conversation_id = s.conversation_id AND m.sent_at >= s.period_start AND m.sent_at < s.period_end
                  AND m.deleted_at IS NULL)
           ELSE CASE WHEN s.period_end IS NULL THEN c.message_count ELSE (
               SELECT coalesce(sum(d.messages), 0) FROM backscroll.conversation_days AS d
                WHERE d.conversation_id = s.conversation_id AND d.day < (s.period_end AT TIME ZONE 'UTC')::date) + (
               SELECT count(*) FROM backscroll.messages AS m
                WHERE m.conversation_id = s.conversation_id
                  AND m.sent_at >= date_trunc('day', s.period_end, 'UTC') AND m.sent_at < s.period_end
                  AND m.deleted_at IS NULL) END
              - CASE WHEN s.period_start IS NULL THEN 0 ELSE (
               SELECT coalesce(sum(d.messages), 0) FROM backscroll.conversation_days AS d
                WHERE d.conversation_id = s.conversation_id AND d.day < (s.period_start AT TIME ZONE 'UTC')::date) + (
               SELECT count(*) FROM backscroll.messages AS m
                WHERE m.conversation_id = s.conversation_id
                  AND m.sent_at >= date_trunc('day', s.period_start, 'UTC') AND m.sent_at < s.period_start
                  AND m.deleted_at IS NULL) END
       END::bigint AS present
FROM backscroll.summaries AS s
JOIN backscroll.conversations AS c ON c.id = s.conversation_id
LEFT JOIN backscroll.threads AS t ON t.conversation_id = s.conversation_id AND t.id = s.thread_id
LEFT JOIN LATERAL (
    SELECT array_agg(k.starts_at ORDER BY k.position) AS starts, array_agg(k.ends_at ORDER BY k.position) AS ends,
           array_agg(k.message_sent_at ORDER BY k.position) AS sent_ats, array_agg(k.message_id ORDER BY k.position) AS ids
    FROM backscroll.summary_links AS k
    WHERE k.conversation_id = s.conversation_id AND k.summary_id = s.id
) AS l ON true
WHERE s.conversation_id = %(conversation)s::uuid
ORDER BY s.period_end DESC NULLS FIRST, s.period_start DESC NULLS FIRST, s.generated_at DESC, s.id
LIMIT %(limit)s::int;

-- name: supersede
-- Takes away what was made of the same stretch in the same way before; what a person wrote stays.
DELETE FROM backscroll.summaries AS s
WHERE s.conversation_id = %(conversation)s::uuid AND s.id <> %(id)s::uuid
  AND s.method = %(method)s::text AND s.method IN ('extractive', 'model') AND s.scope = %(scope)s::text
  AND s.query = %(query)s::text AND s.thread_id IS NOT DISTINCT FROM %(thread)s::uuid
  AND s.period_start IS NOT DISTINCT FROM %(since)s::timestamptz AND s.period_end IS NOT DISTINCT FROM %(until)s::timestamptz;

-- name: add
-- The same id again changes nothing.
INSERT INTO backscroll.summaries (conversation_id, id, thread_id, period_start, period_end, text, message_count, participants,
    method, model, status, generated_at, scope, query, newest_sent_at, newest_id, tokens_in, tokens_out, price, is_masked)
VALUES (%(conversation)s::uuid, %(id)s::uuid, %(thread)s::uuid, %(since)s::timestamptz, %(until)s::timestamptz,
    %(text)s::text, %(message_count)s::bigint, %(participants)s::text[], %(method)s::text, %(model)s::text, %(status)s::text,
    %(generated_at)s::timestamptz, %(scope)s::text, %(query)s::text, %(newest_sent_at)s::timestamptz, %(newest_id)s::uuid,
    %(tokens_in)s::bigint, %(tokens_out)s::bigint, %(price)s::double precision, %(is_masked)s::boolean)
ON CONFLICT (conversation_id, id) DO NOTHING;

-- name: add_links
INSERT INTO backscroll.summary_links (conversation_id, summary_id, position, starts_at, ends_at, message_sent_at, message_id)
SELECT %(conversation)s::uuid, %(id)s::uuid, l.place - 1, l.starts_at, l.ends_at, l.sent_at, l.message_id
FROM unnest(%(starts)s::int[], %(ends)s::int[], %(sent_ats)s::timestamptz[], %(ids)s::uuid[])
     WITH ORDINALITY AS l (starts_at, ends_at, sent_at, message_id, place)
ON CONFLICT (conversation_id, summary_id, position) DO NOTHING;

-- name: remove
DELETE FROM backscroll.summaries AS s WHERE s.conversation_id = %(conversation)s::uuid AND s.id = %(id)s::uuid;
