-- The core of an archive: where conversations came from, what was said in them, and what people added.
--
-- Rules that hold for every table (their measured reasons stand in CONTRIBUTING.md):
--   * ids are deterministic UUIDv5 (tui/backscroll/model/ids.py), people's own rows have client-made UUIDv7;
--   * conversation_id leads every primary, unique and foreign key of what belongs to a conversation, and never changes;
--   * there are no triggers: figures are kept by the importer, set-based, in the transaction that brings the rows;
--   * a person's row points at a message by (conversation_id, message_sent_at, message_id) without a foreign key:
--     it outlives the message and quotes it.

CREATE TABLE backscroll.users (
    id          uuid        PRIMARY KEY,
    role        text        NOT NULL UNIQUE,
    name        text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE  backscroll.users            IS 'The people who read here. Identity is the Postgres role; a local archive has one row, its owner.';
COMMENT ON COLUMN backscroll.users.id         IS 'UUIDv7.';
COMMENT ON COLUMN backscroll.users.role       IS 'The Postgres role that this person connects as (current_user).';
COMMENT ON COLUMN backscroll.users.name       IS 'What the screen calls this person.';
COMMENT ON COLUMN backscroll.users.created_at IS 'First visit.';

CREATE TABLE backscroll.sources (
    id          uuid        PRIMARY KEY,
    identity    text        NOT NULL UNIQUE,
    format      text        NOT NULL,
    name        text        NOT NULL,
    time_zone   text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE  backscroll.sources            IS 'Where conversations came from: one row a workspace, phone or set of files.';
COMMENT ON COLUMN backscroll.sources.id         IS 'uuid5(namespace, identity).';
COMMENT ON COLUMN backscroll.sources.identity   IS 'The stable name that every id below is made from, e.g. slack:T061A2UFL.';
COMMENT ON COLUMN backscroll.sources.format     IS 'The export format or live system, as in --format: whatsapp, slack, delimited, ...';
COMMENT ON COLUMN backscroll.sources.name       IS 'The source as a person says it.';
COMMENT ON COLUMN backscroll.sources.time_zone  IS 'The zone in which wall-clock times of the first import were read (IANA name).';
COMMENT ON COLUMN backscroll.sources.created_at IS 'First import.';

CREATE TABLE backscroll.import_runs (
    id           uuid        PRIMARY KEY,
    source_id    uuid        REFERENCES backscroll.sources (id),
    format       text        NOT NULL,
    file_name    text        NOT NULL,
    time_zone    text        NOT NULL,
    date_order   text        CHECK (date_order IN ('dmy', 'mdy', 'ymd')),
    state        text        NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
    chats        bigint      NOT NULL DEFAULT 0,
    messages     bigint      NOT NULL DEFAULT 0,
    participants bigint      NOT NULL DEFAULT 0,
    duplicates   bigint      NOT NULL DEFAULT 0,
    skipped      bigint      NOT NULL DEFAULT 0,
    error        text,
    started_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz
);
CREATE INDEX import_runs_newest ON backscroll.import_runs (started_at DESC, id);
COMMENT ON TABLE  backscroll.import_runs              IS 'One reading of one export, with what it brought.';
COMMENT ON COLUMN backscroll.import_runs.id           IS 'UUIDv7.';
COMMENT ON COLUMN backscroll.import_runs.source_id    IS 'Where it came from; null until the export could be opened.';
COMMENT ON COLUMN backscroll.import_runs.format       IS 'The format that read it.';
COMMENT ON COLUMN backscroll.import_runs.file_name    IS 'Name of the file or directory, without its path.';
COMMENT ON COLUMN backscroll.import_runs.time_zone    IS 'The zone in which its wall-clock times were read.';
COMMENT ON COLUMN backscroll.import_runs.date_order   IS 'Order of day, month and year that was inferred or chosen, where the format needs one.';
COMMENT ON COLUMN backscroll.import_runs.state        IS 'running, done, failed or cancelled; the counts are those of the batches that were committed.';
COMMENT ON COLUMN backscroll.import_runs.chats        IS 'Conversations added.';
COMMENT ON COLUMN backscroll.import_runs.messages     IS 'Messages added.';
COMMENT ON COLUMN backscroll.import_runs.participants IS 'Participants added.';
COMMENT ON COLUMN backscroll.import_runs.duplicates   IS 'Messages read that were there already, or stood twice in the export.';
COMMENT ON COLUMN backscroll.import_runs.skipped      IS 'Pieces that could not be read; each has a row in message_logs.';
COMMENT ON COLUMN backscroll.import_runs.error        IS 'Title of the error that ended the run.';
COMMENT ON COLUMN backscroll.import_runs.started_at   IS 'When the run began.';
COMMENT ON COLUMN backscroll.import_runs.finished_at  IS 'When it ended; null while it runs or when its program was killed.';

CREATE TABLE backscroll.message_logs (
    import_run_id uuid        NOT NULL REFERENCES backscroll.import_runs (id) ON DELETE CASCADE,
    position      bigint      NOT NULL,
    place         text        NOT NULL,
    reason        text        NOT NULL,
    data          text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (import_run_id, position)
);
COMMENT ON TABLE  backscroll.message_logs               IS 'Everything that an import could not read, so that nothing is lost silently.';
COMMENT ON COLUMN backscroll.message_logs.import_run_id IS 'The run that met it.';
COMMENT ON COLUMN backscroll.message_logs.position      IS 'Number inside the run, from 1.';
COMMENT ON COLUMN backscroll.message_logs.place         IS 'Where it stands: file:line.';
COMMENT ON COLUMN backscroll.message_logs.reason        IS 'Why it could not be read.';
COMMENT ON COLUMN backscroll.message_logs.data          IS 'The raw text, at most 10,000 characters.';
COMMENT ON COLUMN backscroll.message_logs.created_at    IS 'When it was met.';

CREATE TABLE backscroll.conversations (
    id                uuid        PRIMARY KEY,
    source_id         uuid        NOT NULL REFERENCES backscroll.sources (id),
    external_id       text        NOT NULL,
    title             text        NOT NULL,
    kind              text        NOT NULL CHECK (kind IN ('direct', 'group', 'channel')),
    topic             text,
    message_count     bigint      NOT NULL DEFAULT 0,
    participant_count bigint      NOT NULL DEFAULT 0,
    thread_count      bigint      NOT NULL DEFAULT 0,
    first_message_at  timestamptz,
    last_message_at   timestamptz,
    last_message_id   uuid,
    last_kind         text,
    last_sender       text,
    last_text         text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now()
);
-- What has no message yet comes last.
CREATE INDEX conversations_recent
    ON backscroll.conversations (coalesce(last_message_at, '0001-01-01 00:00+00') DESC, id DESC);
CREATE INDEX conversations_source ON backscroll.conversations (source_id);
COMMENT ON TABLE  backscroll.conversations                   IS 'A direct chat, group or channel, with the figures that its list shows.';
COMMENT ON COLUMN backscroll.conversations.id                IS 'uuid5(source id, external_id).';
COMMENT ON COLUMN backscroll.conversations.source_id         IS 'Where it came from.';
COMMENT ON COLUMN backscroll.conversations.external_id       IS 'The id that the source gives it.';
COMMENT ON COLUMN backscroll.conversations.title             IS 'Its name, as the newest import has it.';
COMMENT ON COLUMN backscroll.conversations.kind              IS 'direct, group or channel.';
COMMENT ON COLUMN backscroll.conversations.topic             IS 'What the source says that it is about.';
COMMENT ON COLUMN backscroll.conversations.message_count     IS 'Messages in it, system messages included.';
COMMENT ON COLUMN backscroll.conversations.participant_count IS 'Participants known in it.';
COMMENT ON COLUMN backscroll.conversations.thread_count      IS 'Threads in it.';
COMMENT ON COLUMN backscroll.conversations.first_message_at  IS 'sent_at of its oldest message.';
COMMENT ON COLUMN backscroll.conversations.last_message_at   IS 'sent_at of its newest message.';
COMMENT ON COLUMN backscroll.conversations.last_message_id   IS 'Its newest message.';
COMMENT ON COLUMN backscroll.conversations.last_kind         IS 'What the newest message is made of.';
COMMENT ON COLUMN backscroll.conversations.last_sender       IS 'Who wrote the newest message; null for a system message.';
COMMENT ON COLUMN backscroll.conversations.last_text         IS 'Beginning of the newest message, at most 160 characters.';
COMMENT ON COLUMN backscroll.conversations.created_at        IS 'First import.';
COMMENT ON COLUMN backscroll.conversations.updated_at        IS 'Last import that added something.';

CREATE TABLE backscroll.participants (
    conversation_id  uuid    NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    id               uuid    NOT NULL,
    external_id      text    NOT NULL,
    name             text    NOT NULL,
    is_owner         boolean NOT NULL DEFAULT false,
    message_count    bigint  NOT NULL DEFAULT 0,
    first_message_at timestamptz,
    last_message_at  timestamptz,
    PRIMARY KEY (conversation_id, id)
);
COMMENT ON TABLE  backscroll.participants                  IS 'A sender inside one conversation.';
COMMENT ON COLUMN backscroll.participants.conversation_id  IS 'The conversation.';
COMMENT ON COLUMN backscroll.participants.id               IS 'uuid5(conversation id, external_id).';
COMMENT ON COLUMN backscroll.participants.external_id      IS 'The id that the source gives the sender: a phone number, a Slack id, or the name where there is nothing else.';
COMMENT ON COLUMN backscroll.participants.name             IS 'The name that is shown.';
COMMENT ON COLUMN backscroll.participants.is_owner         IS 'Whether this is the person whose export it is.';
COMMENT ON COLUMN backscroll.participants.message_count    IS 'Messages written in this conversation.';
COMMENT ON COLUMN backscroll.participants.first_message_at IS 'First message written here.';
COMMENT ON COLUMN backscroll.participants.last_message_at  IS 'Last message written here.';

CREATE TABLE backscroll.threads (
    conversation_id  uuid   NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    id               uuid   NOT NULL,
    external_id      text   NOT NULL,
    title            text   NOT NULL,
    root_sent_at     timestamptz,
    root_id          uuid,
    message_count    bigint NOT NULL DEFAULT 0,
    first_message_at timestamptz,
    last_message_at  timestamptz,
    PRIMARY KEY (conversation_id, id)
);
CREATE INDEX threads_recent
    ON backscroll.threads (conversation_id, coalesce(last_message_at, '0001-01-01 00:00+00') DESC, id DESC);
COMMENT ON TABLE  backscroll.threads                  IS 'A topic or reply chain inside one conversation.';
COMMENT ON COLUMN backscroll.threads.conversation_id  IS 'The conversation.';
COMMENT ON COLUMN backscroll.threads.id               IS 'uuid5(conversation id, external_id).';
COMMENT ON COLUMN backscroll.threads.external_id      IS 'The id that the source gives it.';
COMMENT ON COLUMN backscroll.threads.title            IS 'Its name, or the beginning of its first message.';
COMMENT ON COLUMN backscroll.threads.root_sent_at     IS 'sent_at of the message that it hangs on, where there is one.';
COMMENT ON COLUMN backscroll.threads.root_id          IS 'The message that it hangs on, where there is one.';
COMMENT ON COLUMN backscroll.threads.message_count    IS 'Messages in it, its root included.';
COMMENT ON COLUMN backscroll.threads.first_message_at IS 'sent_at of its oldest message.';
COMMENT ON COLUMN backscroll.threads.last_message_at  IS 'sent_at of its newest message.';

-- The primary key is the keyset index of a conversation, and the dedupe key. There is no foreign key to
-- conversations, participants or threads: the importer is the only writer and makes them first, and a check of
-- three keys for each of ten million rows costs more than the rows.
CREATE TABLE backscroll.messages (
    conversation_id uuid        NOT NULL,
    sent_at         timestamptz NOT NULL,
    id              uuid        NOT NULL,
    sender_id       uuid,
    thread_id       uuid,
    parent_sent_at  timestamptz,
    parent_id       uuid,
    kind            text        NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'image', 'video', 'audio', 'document',
                                    'sticker', 'location', 'contact', 'poll', 'call', 'system')),
    tie             smallint    NOT NULL DEFAULT 0,
    is_edited       boolean     NOT NULL DEFAULT false,
    is_deleted      boolean     NOT NULL DEFAULT false,
    external_id     text,
    body            text        NOT NULL,
    search_text     text,
    raw             jsonb,
    -- The server's parser takes a URL, an address or a path for one word, and drops what looks like a tag; with these
    -- characters made blank, every part of them is a word; translate() would take as long as the parser itself. The
    -- cap keeps the vector under its limit of 1 MB.
    search          tsvector GENERATED ALWAYS AS (
                        to_tsvector('pg_catalog.simple',
                            regexp_replace(left(coalesce(search_text, body), 200000), '[./_@:<>&+''-]', ' ', 'g'))
                    ) STORED,
    PRIMARY KEY (conversation_id, sent_at, id)
) PARTITION BY RANGE (sent_at);
CREATE INDEX messages_timeline ON backscroll.messages (sent_at, id);
CREATE INDEX messages_thread   ON backscroll.messages (conversation_id, thread_id, sent_at, id) WHERE thread_id IS NOT NULL;
CREATE INDEX messages_search   ON backscroll.messages USING gin (search);
COMMENT ON TABLE  backscroll.messages                 IS 'What was said. Partitioned by quarter of sent_at; quarters are made by the importer (messages_2024q1, ...).';
COMMENT ON COLUMN backscroll.messages.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.messages.sent_at         IS 'When it was sent, plus `tie` microseconds: the order of history. UTC.';
COMMENT ON COLUMN backscroll.messages.id              IS 'uuid5(conversation id, the source''s id of the message, or a digest of clock, sender, text and ordinal).';
COMMENT ON COLUMN backscroll.messages.sender_id       IS 'The participant who wrote it; null for a system message.';
COMMENT ON COLUMN backscroll.messages.thread_id       IS 'The thread that it belongs to.';
COMMENT ON COLUMN backscroll.messages.parent_sent_at  IS 'sent_at of the message that it answers, so that only that quarter is probed; null where that message is unknown.';
COMMENT ON COLUMN backscroll.messages.parent_id       IS 'The message that it answers.';
COMMENT ON COLUMN backscroll.messages.kind            IS 'What it is made of.';
COMMENT ON COLUMN backscroll.messages.tie             IS 'Microseconds added to sent_at so that messages of the same moment keep the order of their source.';
COMMENT ON COLUMN backscroll.messages.is_edited       IS 'Whether its sender changed it.';
COMMENT ON COLUMN backscroll.messages.is_deleted      IS 'Whether it was taken back; the text is then empty or what the source still had.';
COMMENT ON COLUMN backscroll.messages.external_id     IS 'The id that the source gives it; null where the format has none.';
COMMENT ON COLUMN backscroll.messages.body            IS 'Its text, as the source has it.';
COMMENT ON COLUMN backscroll.messages.search_text     IS 'The text normalised for search (model/words.py); null where the body itself will do.';
COMMENT ON COLUMN backscroll.messages.raw             IS 'The source''s own record, where it holds more than these columns.';
COMMENT ON COLUMN backscroll.messages.search          IS 'The words of the message, for full-text search.';

-- Open ends for impossible dates. There is no DEFAULT partition: it would turn every page into a merge of all quarters.
CREATE TABLE backscroll.messages_before PARTITION OF backscroll.messages FOR VALUES FROM (MINVALUE) TO ('1990-01-01 00:00+00');
CREATE TABLE backscroll.messages_after  PARTITION OF backscroll.messages FOR VALUES FROM ('2100-01-01 00:00+00') TO (MAXVALUE);
COMMENT ON TABLE backscroll.messages_before IS 'Messages dated before 1990.';
COMMENT ON TABLE backscroll.messages_after  IS 'Messages dated from 2100 on.';

CREATE TABLE backscroll.attachments (
    conversation_id uuid     NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    message_id      uuid     NOT NULL,
    position        smallint NOT NULL,
    file_name       text,
    mime_type       text,
    size            bigint,
    sha256          text,
    path            text,
    PRIMARY KEY (conversation_id, message_id, position)
);
COMMENT ON TABLE  backscroll.attachments                 IS 'Files that came with messages.';
COMMENT ON COLUMN backscroll.attachments.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.attachments.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.attachments.position        IS 'Order inside the message, from 0.';
COMMENT ON COLUMN backscroll.attachments.file_name       IS 'Name that the source gives it; null where it was left out of the export.';
COMMENT ON COLUMN backscroll.attachments.mime_type       IS 'Media type, e.g. image/jpeg.';
COMMENT ON COLUMN backscroll.attachments.size            IS 'Bytes.';
COMMENT ON COLUMN backscroll.attachments.sha256          IS 'Digest of the file, in hexadecimal.';
COMMENT ON COLUMN backscroll.attachments.path            IS 'Where the file lies, or its address.';

CREATE TABLE backscroll.reactions (
    conversation_id uuid     NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    message_id      uuid     NOT NULL,
    emoji           text     NOT NULL,
    participant_id  uuid     NOT NULL,
    position        smallint NOT NULL,
    PRIMARY KEY (conversation_id, message_id, emoji, participant_id)
);
COMMENT ON TABLE  backscroll.reactions                 IS 'Emoji that participants left on messages.';
COMMENT ON COLUMN backscroll.reactions.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.reactions.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.reactions.emoji           IS 'The emoji, or its name in colons where it is a picture of the source''s own.';
COMMENT ON COLUMN backscroll.reactions.participant_id  IS 'Who left it.';
COMMENT ON COLUMN backscroll.reactions.position        IS 'Order inside the message, from 0.';

CREATE TABLE backscroll.conversation_days (
    conversation_id uuid   NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    day             date   NOT NULL,
    messages        bigint NOT NULL,
    PRIMARY KEY (conversation_id, day)
);
COMMENT ON TABLE  backscroll.conversation_days                 IS 'The day index: it gives the position k of n and the timeline without counting messages.';
COMMENT ON COLUMN backscroll.conversation_days.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.conversation_days.day             IS 'A day in UTC.';
COMMENT ON COLUMN backscroll.conversation_days.messages        IS 'Messages sent on it.';

CREATE TABLE backscroll.read_marks (
    conversation_id uuid        NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    user_id         uuid        NOT NULL REFERENCES backscroll.users (id),
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, user_id)
);
COMMENT ON TABLE  backscroll.read_marks                 IS 'How far a person has read a conversation.';
COMMENT ON COLUMN backscroll.read_marks.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.read_marks.user_id         IS 'The person.';
COMMENT ON COLUMN backscroll.read_marks.message_sent_at IS 'sent_at of the newest message read.';
COMMENT ON COLUMN backscroll.read_marks.message_id      IS 'The newest message read.';
COMMENT ON COLUMN backscroll.read_marks.updated_at      IS 'When it was set.';

CREATE TABLE backscroll.bookmarks (
    conversation_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    user_id         uuid        NOT NULL REFERENCES backscroll.users (id),
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    quoted_sender   text,
    quoted_text     text        NOT NULL,
    title           text        NOT NULL DEFAULT '',
    notes           text        NOT NULL DEFAULT '',
    version         integer     NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz,
    PRIMARY KEY (conversation_id, id)
);
-- One living bookmark a person and message.
CREATE UNIQUE INDEX bookmarks_message ON backscroll.bookmarks (conversation_id, message_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX bookmarks_newest ON backscroll.bookmarks (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
COMMENT ON TABLE  backscroll.bookmarks                 IS 'Places worth coming back to. A row is never removed: deleted_at makes it a tombstone.';
COMMENT ON COLUMN backscroll.bookmarks.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.bookmarks.id              IS 'UUIDv7, made by the client.';
COMMENT ON COLUMN backscroll.bookmarks.user_id         IS 'Who set it.';
COMMENT ON COLUMN backscroll.bookmarks.message_sent_at IS 'sent_at of the message.';
COMMENT ON COLUMN backscroll.bookmarks.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.bookmarks.quoted_sender   IS 'Who wrote the message, kept in case that it goes.';
COMMENT ON COLUMN backscroll.bookmarks.quoted_text     IS 'The message''s text as it was, at most 400 characters.';
COMMENT ON COLUMN backscroll.bookmarks.title           IS 'A short name; may be empty.';
COMMENT ON COLUMN backscroll.bookmarks.notes           IS 'Longer remarks; may be empty.';
COMMENT ON COLUMN backscroll.bookmarks.version         IS 'Grows with every change.';
COMMENT ON COLUMN backscroll.bookmarks.created_at      IS 'When it was set.';
COMMENT ON COLUMN backscroll.bookmarks.updated_at      IS 'When it was last changed.';
COMMENT ON COLUMN backscroll.bookmarks.deleted_at      IS 'When it was taken away; null while it lives.';

CREATE TABLE backscroll.annotations (
    conversation_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    user_id         uuid        NOT NULL REFERENCES backscroll.users (id),
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    quoted_sender   text,
    quoted_text     text        NOT NULL,
    span_start      integer,
    span_end        integer,
    text            text        NOT NULL,
    category        text,
    tags            text[]      NOT NULL DEFAULT '{}',
    version         integer     NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz,
    PRIMARY KEY (conversation_id, id),
    CHECK ((span_start IS NULL) = (span_end IS NULL) AND span_start < span_end)
);
CREATE INDEX annotations_message ON backscroll.annotations (conversation_id, message_id) WHERE deleted_at IS NULL;
CREATE INDEX annotations_newest  ON backscroll.annotations (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
COMMENT ON TABLE  backscroll.annotations                 IS 'Remarks on messages or on a span of one. A row is never removed: deleted_at makes it a tombstone.';
COMMENT ON COLUMN backscroll.annotations.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.annotations.id              IS 'UUIDv7, made by the client.';
COMMENT ON COLUMN backscroll.annotations.user_id         IS 'Who wrote it.';
COMMENT ON COLUMN backscroll.annotations.message_sent_at IS 'sent_at of the message.';
COMMENT ON COLUMN backscroll.annotations.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.annotations.quoted_sender   IS 'Who wrote the message, kept in case that it goes.';
COMMENT ON COLUMN backscroll.annotations.quoted_text     IS 'The words that it is about, at most 400 characters.';
COMMENT ON COLUMN backscroll.annotations.span_start      IS 'First character of the span in the message''s text, from 0; null for the whole message.';
COMMENT ON COLUMN backscroll.annotations.span_end        IS 'Character after the span; null for the whole message.';
COMMENT ON COLUMN backscroll.annotations.text            IS 'The remark.';
COMMENT ON COLUMN backscroll.annotations.category        IS 'A free category.';
COMMENT ON COLUMN backscroll.annotations.tags            IS 'Free tags.';
COMMENT ON COLUMN backscroll.annotations.version         IS 'Grows with every change.';
COMMENT ON COLUMN backscroll.annotations.created_at      IS 'When it was written.';
COMMENT ON COLUMN backscroll.annotations.updated_at      IS 'When it was last changed.';
COMMENT ON COLUMN backscroll.annotations.deleted_at      IS 'When it was taken away; null while it lives.';

CREATE TABLE backscroll.summaries (
    conversation_id uuid        NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    thread_id       uuid,
    period_start    timestamptz,
    period_end      timestamptz,
    text            text        NOT NULL,
    message_count   bigint      NOT NULL DEFAULT 0,
    participants    text[]      NOT NULL DEFAULT '{}',
    method          text        NOT NULL CHECK (method IN ('written', 'imported', 'extractive', 'model')),
    model           text,
    status          text        NOT NULL DEFAULT 'completed',
    generated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, id)
);
COMMENT ON TABLE  backscroll.summaries                 IS 'Text about a stretch of a conversation.';
COMMENT ON COLUMN backscroll.summaries.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.summaries.id              IS 'UUIDv7, or uuid5 of its place for one that came with a source.';
COMMENT ON COLUMN backscroll.summaries.thread_id       IS 'The thread that it is about; null for the conversation.';
COMMENT ON COLUMN backscroll.summaries.period_start    IS 'Beginning of the stretch; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.period_end      IS 'End of the stretch; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.text            IS 'The summary.';
COMMENT ON COLUMN backscroll.summaries.message_count   IS 'Messages that it was made from.';
COMMENT ON COLUMN backscroll.summaries.participants    IS 'Names of those who wrote them.';
COMMENT ON COLUMN backscroll.summaries.method          IS 'written by a person, imported from the source, extractive, or by a language model.';
COMMENT ON COLUMN backscroll.summaries.model           IS 'The language model, where one made it.';
COMMENT ON COLUMN backscroll.summaries.status          IS 'State that the source or the job gave it: completed, failed, ...';
COMMENT ON COLUMN backscroll.summaries.generated_at    IS 'When it was made.';

-- A message as it is drawn: what a page of history, a hit and `show` select from. A page keeps the order of the
-- primary key, so the parts below are fetched for the rows of the page alone.
CREATE VIEW backscroll.message_details AS
SELECT
    m.conversation_id, m.sent_at, m.id, m.tie, m.kind, m.body, m.sender_id, p.name AS sender,
    coalesce(p.is_owner, false) AS is_owner, m.thread_id, m.parent_id, m.is_edited, m.is_deleted,
    q.sent_at AS quote_sent_at, q.sender AS quote_sender, q.text AS quote_text,
    (SELECT jsonb_agg(jsonb_build_array(a.file_name, a.mime_type, a.size, a.sha256, a.path) ORDER BY a.position)
       FROM backscroll.attachments AS a
      WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id) AS attachments,
    (SELECT jsonb_agg(jsonb_build_array(r.emoji, s.name) ORDER BY r.position)
       FROM backscroll.reactions AS r
       JOIN backscroll.participants AS s ON s.conversation_id = r.conversation_id AND s.id = r.participant_id
      WHERE r.conversation_id = m.conversation_id AND r.message_id = m.id) AS reactions,
    EXISTS (SELECT FROM backscroll.bookmarks AS b
             WHERE b.conversation_id = m.conversation_id AND b.message_id = m.id AND b.deleted_at IS NULL
               AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)) AS is_bookmarked,
    (SELECT count(*) FROM backscroll.annotations AS n
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS annotation_count
FROM backscroll.messages AS m
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
LEFT JOIN LATERAL (
    SELECT o.sent_at, left(o.body, 200) AS text, w.name AS sender
      FROM backscroll.messages AS o
      LEFT JOIN backscroll.participants AS w ON w.conversation_id = o.conversation_id AND w.id = o.sender_id
     WHERE m.parent_id IS NOT NULL
       AND o.conversation_id = m.conversation_id AND o.sent_at = m.parent_sent_at AND o.id = m.parent_id
     LIMIT 1  -- a fence: flattened, it would be joined to the whole conversation
) AS q ON true;
COMMENT ON VIEW backscroll.message_details IS 'A message with all that a screen draws of it. attachments: [file_name, mime_type, size, sha256, path]; reactions: [emoji, name].';
