-- How messages sound: which months were not read for that, their texts, and what was found.

-- name: unjudged
-- The counted months of a chat that this word list has not judged, the oldest first.
SELECT s.month, s.messages, s.counted_at
FROM backscroll.month_statistics AS s
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text
  AND s.participant_id = '00000000-0000-0000-0000-000000000000'
  AND s.messages > 0 AND s.judged_by IS DISTINCT FROM %(word_list)s::text
ORDER BY s.month;

-- name: unjudged_chats
-- The chats of a language that have such months, with the messages of these.
SELECT s.conversation_id, sum(s.messages)::bigint AS messages
FROM backscroll.month_statistics AS s
JOIN backscroll.conversations AS c ON c.id = s.conversation_id
WHERE c.language = %(language)s::text AND s.time_zone = %(zone)s::text
  AND s.participant_id = '00000000-0000-0000-0000-000000000000'
  AND s.messages > 0 AND s.judged_by IS DISTINCT FROM %(word_list)s::text
GROUP BY s.conversation_id
ORDER BY s.conversation_id;

-- name: texts
-- What people wrote in a month of a chat, a page at a time: behind a message, or from its beginning where none is given.
SELECT m.sent_at, m.id, m.sender_id, m.body
FROM backscroll.messages AS m
WHERE m.conversation_id = %(chat)s::uuid
  AND (m.sent_at, m.id) > (
      coalesce(%(sent_at)s::timestamptz, %(month)s::date::timestamp AT TIME ZONE %(zone)s::text - interval '1 microsecond'),
      coalesce(%(id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  AND m.sent_at >= %(month)s::date::timestamp AT TIME ZONE %(zone)s::text
  AND m.sent_at < (%(month)s::date + interval '1 month') AT TIME ZONE %(zone)s::text
  AND m.kind <> 'system' AND m.body <> '' AND m.deleted_at IS NULL
ORDER BY m.sent_at, m.id
LIMIT %(limit)s::int;

-- name: keep
-- What was found of a month, for everybody and each person; nothing where it was counted anew meanwhile.
UPDATE backscroll.month_statistics AS s
SET judged_by = %(word_list)s::text, positive = j.positive, neutral = j.neutral, negative = j.negative, unlisted = j.unlisted,
    sentiment = j.sentiment
FROM unnest(%(people)s::uuid[], %(positive)s::bigint[], %(neutral)s::bigint[], %(negative)s::bigint[], %(unlisted)s::bigint[],
            %(sentiment)s::bigint[]) AS j (participant_id, positive, neutral, negative, unlisted, sentiment)
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.month = %(month)s::date
  AND s.participant_id = j.participant_id AND s.counted_at = %(counted_at)s::timestamptz;

-- name: months
-- How the messages of a chat and a person (or everybody) sound, the oldest month first.
SELECT s.month, s.positive, s.neutral, s.negative, s.unlisted, s.sentiment
FROM backscroll.month_statistics AS s
WHERE s.conversation_id = %(chat)s::uuid AND s.time_zone = %(zone)s::text AND s.participant_id = %(person)s::uuid
  AND s.positive + s.neutral + s.negative > 0
ORDER BY s.month;

-- name: hit_texts
-- The hits of a search in one quarter that people wrote in chats of a language, with their months in a zone.
-- {quarter} is one partition of messages, {condition} is put together from conditions.sql.
DECLARE hit_texts NO SCROLL CURSOR FOR
SELECT date_trunc('month', m.sent_at AT TIME ZONE %(zone)s::text)::date AS month, m.body
FROM {quarter} AS m
JOIN backscroll.conversations AS c ON c.id = m.conversation_id
WHERE {condition} AND c.language = %(language)s::text AND m.kind <> 'system' AND m.body <> '';

-- name: next_texts
FETCH 1000 FROM hit_texts;
