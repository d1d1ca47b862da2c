-- What following a live source needs: how far it was read, what it keeps besides messages, and messages that it has no more.

ALTER TABLE backscroll.messages ADD COLUMN deleted_at timestamptz;
COMMENT ON COLUMN backscroll.messages.deleted_at IS 'When a sync found that the live source has it no more: it has no text then, and no figure counts it, but people''s notes on it find it. Null while the source has it.';
CREATE INDEX messages_gone ON backscroll.messages (conversation_id, id) WHERE deleted_at IS NOT NULL;

CREATE TABLE backscroll.syncs (
    source_id   uuid           PRIMARY KEY REFERENCES backscroll.sources (id) ON DELETE CASCADE,
    system      text           NOT NULL,
    found       jsonb          NOT NULL DEFAULT '{}',
    lists       jsonb          NOT NULL DEFAULT '{}',
    cursor      text,
    excluded    text[]         NOT NULL DEFAULT '{}',
    is_paused   boolean        NOT NULL DEFAULT false,
    paused_at   timestamptz,
    resumed_at  timestamptz,
    resume_mode text           NOT NULL DEFAULT 'from_last' CHECK (resume_mode IN ('from_last', 'from_now')),
    skipped     tstzmultirange NOT NULL DEFAULT '{}',
    synced_at   timestamptz,
    compared_at timestamptz
);
COMMENT ON TABLE  backscroll.syncs             IS 'Sources that are live databases: how each is followed. No address and no password is kept.';
COMMENT ON COLUMN backscroll.syncs.source_id   IS 'The source.';
COMMENT ON COLUMN backscroll.syncs.system      IS 'The chat system, as its file in sql/sources is called, or mapping.';
COMMENT ON COLUMN backscroll.syncs.found       IS 'What the last sync found there: schema, version, chats, messages, missing indexes.';
COMMENT ON COLUMN backscroll.syncs.lists       IS 'A digest of each list of the source as it was mirrored last: chats, people, records, ...';
COMMENT ON COLUMN backscroll.syncs.cursor      IS 'Where the source was when it was looked at last, in its own count: an id or a time.';
COMMENT ON COLUMN backscroll.syncs.excluded    IS 'External ids of chats that are never read.';
COMMENT ON COLUMN backscroll.syncs.is_paused   IS 'Whether a person has paused it: nothing is read then.';
COMMENT ON COLUMN backscroll.syncs.paused_at   IS 'When it was paused last.';
COMMENT ON COLUMN backscroll.syncs.resumed_at  IS 'When it was resumed last.';
COMMENT ON COLUMN backscroll.syncs.resume_mode IS 'from_last: what was written during the last pause was read; from_now: it was left out.';
COMMENT ON COLUMN backscroll.syncs.skipped     IS 'Pauses whose messages are left out.';
COMMENT ON COLUMN backscroll.syncs.synced_at   IS 'When it was looked at last.';
COMMENT ON COLUMN backscroll.syncs.compared_at IS 'When all of it was compared last.';

CREATE TABLE backscroll.sync_days (
    source_id uuid    NOT NULL REFERENCES backscroll.syncs (source_id) ON DELETE CASCADE,
    chat      text    NOT NULL,
    day       date    NOT NULL,
    messages  bigint  NOT NULL,
    digest    numeric NOT NULL,
    PRIMARY KEY (source_id, chat, day)
);
COMMENT ON TABLE  backscroll.sync_days           IS 'What a live source had of a chat on a day when it was mirrored: days that differ are read again. It is where a sync that was broken off goes on.';
COMMENT ON COLUMN backscroll.sync_days.source_id IS 'The source.';
COMMENT ON COLUMN backscroll.sync_days.chat      IS 'The id that the source gives the chat.';
COMMENT ON COLUMN backscroll.sync_days.day       IS 'A day in UTC.';
COMMENT ON COLUMN backscroll.sync_days.messages  IS 'Messages that the source had.';
COMMENT ON COLUMN backscroll.sync_days.digest    IS 'A sum over these messages that changes with them.';

CREATE TABLE backscroll.sync_records (
    source_id       uuid  NOT NULL REFERENCES backscroll.syncs (source_id) ON DELETE CASCADE,
    area            text  NOT NULL,
    external_id     text  NOT NULL,
    conversation_id uuid,
    message_id      uuid,
    data            jsonb NOT NULL,
    PRIMARY KEY (source_id, area, external_id)
);
CREATE INDEX sync_records_about ON backscroll.sync_records (conversation_id, message_id);
COMMENT ON TABLE  backscroll.sync_records                 IS 'What a live source keeps that has no place in other tables: roles, trails, states of bots, locations of files.';
COMMENT ON COLUMN backscroll.sync_records.source_id       IS 'The source.';
COMMENT ON COLUMN backscroll.sync_records.area            IS 'What it is, in the words of the source''s file: audit logs, read state, ...';
COMMENT ON COLUMN backscroll.sync_records.external_id     IS 'The id that the source gives it.';
COMMENT ON COLUMN backscroll.sync_records.conversation_id IS 'The conversation that it is about; null where it is about the whole source.';
COMMENT ON COLUMN backscroll.sync_records.message_id      IS 'The message that it is about; null where it is about the whole conversation.';
COMMENT ON COLUMN backscroll.sync_records.data            IS 'The source''s own record.';

-- Unread messages of the day of the read mark: those that their source has no more are not among them.
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
              AND m.deleted_at IS NULL
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
