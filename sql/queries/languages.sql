-- Languages of chats, and the work of giving the messages of a chat other stems.

-- name: present
-- The languages of the archive, the commonest first, with the number of their chats.
SELECT c.language, count(*) FROM backscroll.conversations AS c WHERE c.language IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;

-- name: known
-- Chats of a source whose language is settled; null: a person said that the chat has none.
SELECT c.id, c.language
FROM backscroll.conversations AS c
WHERE c.source_id = %(source)s::uuid AND (c.language IS NOT NULL OR c.is_language_set);

-- name: unsettled
-- Chats whose language nobody knows, and such whose messages do not all have its stems.
SELECT c.id, c.language, c.is_language_set AS is_set, c.message_count
FROM backscroll.conversations AS c
WHERE c.message_count > 0
  AND ((c.language IS NULL AND NOT c.is_language_set) OR (c.language IS NOT NULL AND c.stemmed IS DISTINCT FROM c.language))
ORDER BY c.message_count DESC, c.id;

-- name: half_stemmed
-- Chats of some sources whose language was told when some of their messages were stored already.
SELECT c.id, c.language, c.is_language_set AS is_set, c.message_count
FROM backscroll.conversations AS c
WHERE c.source_id = ANY (%(sources)s::uuid[]) AND c.language IS NOT NULL AND c.stemmed IS DISTINCT FROM c.language;

-- name: of_chats
SELECT c.id, c.language FROM backscroll.conversations AS c WHERE c.id = ANY (%(chats)s::uuid[]);

-- name: begin
-- From here on until `finish` only some of the messages have the stems.
UPDATE backscroll.conversations AS c SET stemmed = NULL WHERE c.id = %(chat)s::uuid RETURNING c.message_count;

-- name: texts
SELECT m.sent_at, m.id, m.body
FROM backscroll.messages AS m
WHERE m.conversation_id = %(chat)s::uuid
  AND (m.sent_at, m.id) > (%(sent_at)s::timestamptz, %(id)s::uuid) AND m.sent_at >= %(sent_at)s::timestamptz
ORDER BY m.sent_at, m.id
LIMIT %(limit)s::int;

-- name: stem
-- Gives messages of a chat their words and stems anew; what has them is left alone, so that going over it again is cheap.
WITH stemmed AS (
    UPDATE backscroll.messages AS m SET search_text = k.search_text, search = k.search
    FROM (
        SELECT o.sent_at, o.id, n.search_text, backscroll.search_vector(o.body, n.search_text, n.stems) AS search
        FROM unnest(%(moments)s::timestamptz[], %(ids)s::uuid[], %(search_texts)s::text[], %(stems)s::text[])
            AS n (sent_at, id, search_text, stems)
        JOIN backscroll.messages AS o
            ON o.conversation_id = %(chat)s::uuid AND o.sent_at = n.sent_at AND o.id = n.id
           AND o.sent_at >= %(since)s::timestamptz AND o.sent_at <= %(until)s::timestamptz
        OFFSET 0
    ) AS k
    WHERE m.conversation_id = %(chat)s::uuid AND m.sent_at = k.sent_at AND m.id = k.id
      AND m.sent_at >= %(since)s::timestamptz AND m.sent_at <= %(until)s::timestamptz
      AND m.search IS DISTINCT FROM k.search
    RETURNING m.conversation_id, m.sent_at
)
UPDATE backscroll.conversation_days AS d SET changed_at = clock_timestamp()
FROM (SELECT DISTINCT c.conversation_id, (c.sent_at AT TIME ZONE 'UTC')::date AS day FROM stemmed AS c) AS n
WHERE d.conversation_id = n.conversation_id AND d.day = n.day;

-- name: finish
-- No row where messages came in the meantime: they have to be gone over, too.
UPDATE backscroll.conversations AS c
SET language = %(language)s::text, stemmed = %(language)s::text, is_language_set = %(is_set)s::boolean, updated_at = now()
WHERE c.id = %(chat)s::uuid AND c.message_count = %(count)s::bigint
RETURNING c.id;
