-- What a list of many chats needs: how each person keeps each chat, and an index for each order.

-- The capped length keeps an entry below what an index can hold.
CREATE FUNCTION backscroll.folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(regexp_replace(lower(normalize(left($1, 500), NFKD)), '[\u0300-\u036f]', '', 'g'), 500);
COMMENT ON FUNCTION backscroll.folded(text) IS 'A title as it is sorted and matched: without case and accents, at most 500 characters.';

ALTER TABLE backscroll.conversations
    ADD COLUMN sort_title text COLLATE "C" NOT NULL GENERATED ALWAYS AS (backscroll.folded(title)) STORED;
CREATE INDEX conversations_by_title ON backscroll.conversations (sort_title, id);
CREATE INDEX conversations_by_size  ON backscroll.conversations (message_count DESC, id DESC);
CREATE INDEX conversations_changed  ON backscroll.conversations (updated_at DESC);
COMMENT ON COLUMN backscroll.conversations.sort_title IS 'The title without case and accents: what a list by name goes by.';

CREATE TABLE backscroll.conversation_states (
    conversation_id uuid        NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    user_id         uuid        NOT NULL REFERENCES backscroll.users (id),
    is_pinned       boolean     NOT NULL DEFAULT false,
    shelf           text        NOT NULL DEFAULT 'listed' CHECK (shelf IN ('listed', 'archived', 'hidden')),
    left_sent_at    timestamptz,
    left_id         uuid,
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, user_id),
    CHECK ((left_sent_at IS NULL) = (left_id IS NULL))
);
CREATE INDEX conversation_states_pinned ON backscroll.conversation_states (user_id, conversation_id) WHERE is_pinned;
COMMENT ON TABLE  backscroll.conversation_states                 IS 'How a person keeps a conversation; without a row it is listed, not pinned, and was left at its end.';
COMMENT ON COLUMN backscroll.conversation_states.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.conversation_states.user_id         IS 'The person.';
COMMENT ON COLUMN backscroll.conversation_states.is_pinned       IS 'Whether it stands before the others in the list.';
COMMENT ON COLUMN backscroll.conversation_states.shelf           IS 'Which list shows it: listed, archived or hidden.';
COMMENT ON COLUMN backscroll.conversation_states.left_sent_at    IS 'sent_at of the message under the cursor when this person left the conversation; null at its end.';
COMMENT ON COLUMN backscroll.conversation_states.left_id         IS 'The message under the cursor when this person left the conversation; null at its end.';
COMMENT ON COLUMN backscroll.conversation_states.updated_at      IS 'When it was last changed.';

-- Unread messages are summed up from the index alone: reading the rows takes twice as long.
ALTER TABLE backscroll.conversation_days
    DROP CONSTRAINT conversation_days_pkey,
    ADD PRIMARY KEY (conversation_id, day) INCLUDE (messages);

-- A conversation as a list shows it to the present user. What is not selected is not computed, and `unread` only for the
-- rows that are returned. Unread is what the day index holds after the day of the read mark, and what that day itself
-- holds after it; it stops at 1,000. Most chats are read to the end or were never opened and need no count.
CREATE VIEW backscroll.conversation_details AS
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
COMMENT ON VIEW backscroll.conversation_details IS 'A conversation with all that a list shows of it. recent_at: last_message_at, or before all others; unread: at most 1,000; is_unread: whether unread is more than 0.';
