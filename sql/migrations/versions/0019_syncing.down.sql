-- Takes away what is known of live sources, with the messages that these have no more.
CREATE OR REPLACE VIEW backscroll.conversation_details AS
SELECT
    c.id, c.title, c.sort_title, c.kind, c.source_id, s.name AS source, c.topic,
    c.message_count, c.participant_count, c.thread_count, c.first_message_at, c.last_message_at,
    coalesce(c.last_message_at, '0001-01-01 00:00+00') AS recent_at, c.last_kind, c.last_sender, c.last_text,
    CASE
        WHEN k.message_id IS NULL THEN least(c.message_count, 1000)
        WHEN (k.message_sent_at, k.message_id) >= (c.last_message_at, c.last_message_id) THEN 0
        ELSE least(1000, (
            SELECT coalesce(sum(d.messages), 0)
            FROM backscroll.conversation_days AS d
            WHERE d.conversation_id = c.id AND d.day > (k.message_sent_at AT TIME ZONE 'UTC')::date
        ) + (
            SELECT count(*)
            FROM backscroll.messages AS m
            WHERE m.conversation_id = c.id
              AND (m.sent_at, m.id) > (k.message_sent_at, k.message_id) AND m.sent_at >= k.message_sent_at
              AND m.sent_at < date_trunc('day', k.message_sent_at, 'UTC') + interval '1 day'
        ))
    END::int AS unread,
    c.message_count > 0
        AND (k.message_id IS NULL OR (k.message_sent_at, k.message_id) < (c.last_message_at, c.last_message_id))
        AS is_unread,
    -- IN, not EXISTS: they are read once, not for every row.
    c.id IN (SELECT b.conversation_id FROM backscroll.bookmarks AS b
              WHERE b.deleted_at IS NULL
                AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)) AS is_bookmarked,
    coalesce(t.is_pinned, false) AS is_pinned, coalesce(t.shelf, 'listed') AS shelf
FROM backscroll.conversations AS c
JOIN backscroll.sources AS s ON s.id = c.source_id
LEFT JOIN backscroll.read_marks AS k
    ON k.conversation_id = c.id AND k.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
LEFT JOIN backscroll.conversation_states AS t
    ON t.conversation_id = c.id AND t.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user);

DROP TABLE backscroll.sync_records, backscroll.sync_days, backscroll.syncs;
DELETE FROM backscroll.messages AS m WHERE m.deleted_at IS NOT NULL;
ALTER TABLE backscroll.messages DROP COLUMN deleted_at;
