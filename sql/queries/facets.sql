-- How the hits of a search spread over chats, senders, kinds and time.
--
-- {quarter} is one partition of messages, {condition} is put together from conditions.sql, {order} is `newest` below
-- or nothing.

-- name: newest
ORDER BY m.sent_at DESC, m.id DESC

-- name: tally
-- At most %(limit)s hits of one quarter, counted each in three ways: by chat and sender, by kind, and by the place of
-- their time among %(edges)s.
SELECT g.conversation_id, p.name AS sender, g.kind, g.cell, g.hits
FROM (
    SELECT m.conversation_id, m.sender_id, m.kind, m.cell, count(*) AS hits
    FROM (
        SELECT m.conversation_id, m.sender_id, m.kind, width_bucket(m.sent_at, %(edges)s::timestamptz[]) AS cell
        FROM {quarter} AS m
        WHERE {condition}
        {order}
        LIMIT %(limit)s::int
    ) AS m
    GROUP BY GROUPING SETS ((m.conversation_id, m.sender_id), (m.kind), (m.cell))
) AS g
LEFT JOIN backscroll.participants AS p ON p.conversation_id = g.conversation_id AND p.id = g.sender_id;
