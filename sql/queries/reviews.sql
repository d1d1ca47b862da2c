-- Reviews: their queues, what reviewers decided, and how far they are.

-- name: begin
-- No row where it is there already: what follows was done then, too.
INSERT INTO backscroll.reviews (id, user_id, title, query, sample, codes, is_blind, size, created_at)
SELECT %(id)s::uuid, u.id, %(title)s::text, %(query)s::text, %(sample)s::jsonb, %(codes)s::uuid[], %(is_blind)s::boolean,
       %(size)s::int, %(created_at)s::timestamptz
FROM backscroll.users AS u
WHERE u.role = current_user
ON CONFLICT (id) DO NOTHING;

-- name: add_items
-- A part of the queue, beginning at a position; each message is quoted.
INSERT INTO backscroll.review_items
    (review_id, position, conversation_id, message_sent_at, message_id, quoted_sender, quoted_text, stratum)
SELECT %(review)s::uuid, %(from)s::int + i.number - 1, m.conversation_id, m.sent_at, m.id, p.name, left(m.body, 400), i.stratum
FROM unnest(%(conversations)s::uuid[], %(sent_ats)s::timestamptz[], %(ids)s::uuid[], %(strata)s::text[])
    WITH ORDINALITY AS i (conversation_id, sent_at, id, stratum, number)
JOIN backscroll.messages AS m ON m.conversation_id = i.conversation_id AND m.sent_at = i.sent_at AND m.id = i.id
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id;

-- name: all
-- The newest first.
SELECT r.id, r.title, r.query, r.sample, r.codes, r.is_blind, r.size, r.created_at, r.closed_at
FROM backscroll.reviews AS r
ORDER BY r.created_at DESC, r.id DESC;

-- name: close
-- One that is closed stays so since then.
UPDATE backscroll.reviews AS r SET closed_at = now() WHERE r.id = %(review)s::uuid AND r.closed_at IS NULL;

-- name: reopen
UPDATE backscroll.reviews AS r SET closed_at = NULL WHERE r.id = %(review)s::uuid AND r.closed_at IS NOT NULL;

-- name: reviewer
-- The name that the present user's decisions bear (their own where none is given), and whether somebody else's bear it.
SELECT r.name, EXISTS (SELECT FROM backscroll.review_decisions AS d
                        WHERE d.review_id = %(review)s::uuid AND d.author = r.name AND d.user_id <> r.id) AS is_anothers
FROM (SELECT u.id, coalesce(nullif(%(name)s::text, ''), u.name) AS name FROM backscroll.users AS u WHERE u.role = current_user)
    AS r;

-- name: items
-- Messages of the queue, in its order.
SELECT i.position, i.conversation_id, i.message_sent_at, i.message_id, i.quoted_sender, i.quoted_text, i.stratum
FROM backscroll.review_items AS i
WHERE i.review_id = %(review)s::uuid AND i.position = ANY (%(positions)s::int[])
ORDER BY i.position;

-- name: decisions
-- All that was decided, in the order of the queue.
SELECT d.position, d.author, d.pass AS made_in, d.codes, d.state, d.decided_at, d.is_flagged, d.remark, d.seconds
FROM backscroll.review_decisions AS d
WHERE d.review_id = %(review)s::uuid
ORDER BY d.position, d.author, d.pass;

-- name: progress
SELECT d.review_id, d.author, d.pass AS made_in, count(*) FILTER (WHERE d.state = 'coded') AS coded,
       count(*) FILTER (WHERE d.state = 'skipped') AS skipped, count(*) FILTER (WHERE d.is_flagged) AS flagged,
       sum(d.seconds) AS seconds, max(d.decided_at) AS last_at
FROM backscroll.review_decisions AS d
WHERE d.review_id = ANY (%(reviews)s::uuid[])
GROUP BY d.review_id, d.author, d.pass
ORDER BY d.author, d.pass;

-- name: decide
-- Of two decisions of one reviewer the one that was made later stays. No row where another person codes under this name,
-- or where a later one is there.
INSERT INTO backscroll.review_decisions AS d
    (review_id, position, author, pass, user_id, codes, state, is_flagged, remark, seconds, decided_at)
SELECT i.review_id, i.position, %(author)s::text, %(pass)s::smallint, u.id, %(codes)s::uuid[], %(state)s::text,
       %(is_flagged)s::boolean, %(remark)s::text, %(seconds)s::real, %(decided_at)s::timestamptz
FROM backscroll.review_items AS i
JOIN backscroll.reviews AS r ON r.id = i.review_id AND r.closed_at IS NULL
JOIN backscroll.users AS u ON u.role = current_user
WHERE i.review_id = %(review)s::uuid AND i.position = %(position)s::int
ON CONFLICT (review_id, position, author, pass) DO UPDATE
    SET codes = excluded.codes, state = excluded.state, is_flagged = excluded.is_flagged, remark = excluded.remark,
        seconds = d.seconds + excluded.seconds, decided_at = excluded.decided_at, version = d.version + 1
    WHERE d.user_id = excluded.user_id AND d.decided_at <= excluded.decided_at;

-- name: undecided
-- Why `decide` changed nothing.
SELECT r.id IS NULL AS is_gone, r.closed_at IS NOT NULL AS is_closed,
       EXISTS (SELECT FROM backscroll.review_decisions AS d
                JOIN backscroll.users AS u ON u.id = d.user_id
                WHERE d.review_id = r.id AND d.position = %(position)s::int AND d.author = %(author)s::text
                  AND d.pass = %(pass)s::smallint AND u.role <> current_user) AS is_anothers
FROM (SELECT %(review)s::uuid AS id) AS asked
LEFT JOIN backscroll.reviews AS r ON r.id = asked.id;
