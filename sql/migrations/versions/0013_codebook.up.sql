-- A codebook; annotations that bear codes and reach over a span of text or a run of messages; and what makes writing safe to
-- repeat: every write has an id, and is applied once.

CREATE TABLE backscroll.codes (
    id          uuid        PRIMARY KEY,
    parent_id   uuid        REFERENCES backscroll.codes (id),
    name        text        NOT NULL CHECK (name <> ''),
    colour      text        NOT NULL DEFAULT '' CHECK (colour ~ '^(#[0-9a-f]{6})?$'),
    key         text        NOT NULL DEFAULT '' CHECK (length(key) <= 1),
    description text        NOT NULL DEFAULT '',
    examples    text        NOT NULL DEFAULT '',
    position    integer     NOT NULL DEFAULT 0,
    merged_into uuid        REFERENCES backscroll.codes (id),
    version     integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    retired_at  timestamptz,
    CHECK (parent_id <> id),
    CHECK (merged_into <> id AND (merged_into IS NULL OR retired_at IS NOT NULL))
);
CREATE INDEX codes_parent ON backscroll.codes (parent_id);
-- One living code a key.
CREATE UNIQUE INDEX codes_key ON backscroll.codes (key) WHERE key <> '' AND retired_at IS NULL;
COMMENT ON TABLE  backscroll.codes             IS 'The codebook: a tree of codes. A row is never removed: retired_at takes a code out of use, and annotations keep it.';
COMMENT ON COLUMN backscroll.codes.id          IS 'UUIDv7, or the GUID of the codebook that it came from.';
COMMENT ON COLUMN backscroll.codes.parent_id   IS 'The code that this one stands under; null at the top.';
COMMENT ON COLUMN backscroll.codes.name        IS 'What the code is called.';
COMMENT ON COLUMN backscroll.codes.colour      IS 'As #rrggbb; empty: the screen chooses.';
COMMENT ON COLUMN backscroll.codes.key         IS 'The digit or letter that sets it in a review; empty: none.';
COMMENT ON COLUMN backscroll.codes.description IS 'When it applies.';
COMMENT ON COLUMN backscroll.codes.examples    IS 'Words that it was or would be given to.';
COMMENT ON COLUMN backscroll.codes.position    IS 'Its place among the codes of one parent.';
COMMENT ON COLUMN backscroll.codes.merged_into IS 'The code that its annotations went to; it is retired then.';
COMMENT ON COLUMN backscroll.codes.version     IS 'Grows with every change.';
COMMENT ON COLUMN backscroll.codes.created_at  IS 'When it was made.';
COMMENT ON COLUMN backscroll.codes.updated_at  IS 'When it was last changed.';
COMMENT ON COLUMN backscroll.codes.retired_at  IS 'When it was taken out of use; null while it is in use.';

CREATE TABLE backscroll.code_changes (
    id         uuid        NOT NULL,
    code_id    uuid        NOT NULL REFERENCES backscroll.codes (id),
    user_id    uuid        NOT NULL REFERENCES backscroll.users (id),
    author     text        NOT NULL DEFAULT '',
    change     text        NOT NULL CHECK (change IN ('made', 'changed', 'moved', 'merged', 'split', 'retired', 'restored')),
    before     jsonb,
    after      jsonb,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, code_id)
);
CREATE INDEX code_changes_code ON backscroll.code_changes (code_id, changed_at, id);
COMMENT ON TABLE  backscroll.code_changes            IS 'What was done to the codebook, and by whom.';
COMMENT ON COLUMN backscroll.code_changes.id         IS 'That of the write which did it; a write may change several codes.';
COMMENT ON COLUMN backscroll.code_changes.code_id    IS 'The code.';
COMMENT ON COLUMN backscroll.code_changes.user_id    IS 'Who connected.';
COMMENT ON COLUMN backscroll.code_changes.author     IS 'The reviewer''s name; empty for the user''s own.';
COMMENT ON COLUMN backscroll.code_changes.change     IS 'What was done.';
COMMENT ON COLUMN backscroll.code_changes.before     IS 'The changed columns as they were; null for a new code. Of a merge also the annotations that bore the code alone (replaced) and beside the other one (joined).';
COMMENT ON COLUMN backscroll.code_changes.after      IS 'The changed columns as they became; of a merge the code that took over, of a split the new codes.';
COMMENT ON COLUMN backscroll.code_changes.changed_at IS 'When.';

ALTER TABLE backscroll.annotations
    ADD COLUMN end_sent_at    timestamptz,
    ADD COLUMN end_message_id uuid,
    ADD COLUMN codes          uuid[]   NOT NULL DEFAULT '{}',
    ADD COLUMN author         text     NOT NULL DEFAULT '',
    ADD COLUMN last_write     uuid,
    ADD COLUMN conflicts_with uuid,
    ADD COLUMN words          tsvector NOT NULL DEFAULT '',
    ADD CHECK ((end_sent_at IS NULL) = (end_message_id IS NULL)),
    ADD CHECK (end_message_id IS NULL OR span_start IS NULL);
COMMENT ON COLUMN backscroll.annotations.end_sent_at    IS 'sent_at of the last message of a run of messages; null for one message.';
COMMENT ON COLUMN backscroll.annotations.end_message_id IS 'The last message of a run that begins at message_id; null for one message.';
COMMENT ON COLUMN backscroll.annotations.codes          IS 'Its codes, in the order in which they were set.';
COMMENT ON COLUMN backscroll.annotations.author         IS 'The reviewer''s name; empty for the user''s own.';
COMMENT ON COLUMN backscroll.annotations.last_write     IS 'The write that made it what it is, as one who changes it has seen it; null where there was none.';
COMMENT ON COLUMN backscroll.annotations.conflicts_with IS 'The annotation that somebody else changed at the same time: both are kept until a person settles it.';
COMMENT ON COLUMN backscroll.annotations.words          IS 'The words of its text, category and tags, as search has them.';
CREATE INDEX annotations_codes ON backscroll.annotations USING gin (codes) WHERE deleted_at IS NULL;
CREATE INDEX annotations_words ON backscroll.annotations USING gin (words) WHERE deleted_at IS NULL;
-- What lists walk: by time of writing, in one chat likewise, and by their messages; and what leads to a few of many.
DROP INDEX backscroll.annotations_newest;
CREATE INDEX annotations_newest ON backscroll.annotations (created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX annotations_of_chat ON backscroll.annotations (conversation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX annotations_place ON backscroll.annotations (message_sent_at, conversation_id, message_id, id) WHERE deleted_at IS NULL;
CREATE INDEX annotations_tags ON backscroll.annotations USING gin (tags) WHERE deleted_at IS NULL;
CREATE INDEX annotations_category ON backscroll.annotations (category) WHERE deleted_at IS NULL AND category IS NOT NULL;
CREATE INDEX annotations_author ON backscroll.annotations (author, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX annotations_runs ON backscroll.annotations (conversation_id, end_sent_at) WHERE end_message_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX annotations_conflicts ON backscroll.annotations (conversation_id, conflicts_with) WHERE conflicts_with IS NOT NULL;
UPDATE backscroll.annotations AS n
SET words = backscroll.search_vector(concat_ws(' ', n.text, n.category, array_to_string(n.tags, ' ')), NULL, NULL);

CREATE OR REPLACE VIEW backscroll.message_details AS
SELECT
    m.conversation_id, m.sent_at, m.id, m.tie, m.kind, m.body, m.sender_id, p.name AS sender,
    coalesce(p.is_owner, false) AS is_owner, m.thread_id, m.parent_id, m.is_edited, m.is_deleted,
    q.sent_at AS quote_sent_at, q.sender AS quote_sender, q.text AS quote_text,
    (SELECT jsonb_agg(jsonb_build_array(a.file_name, a.mime_type, a.size, a.sha256, a.path) ORDER BY a.position)
       FROM backscroll.attachments AS a
      WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id) AS attachments,
    (SELECT jsonb_agg(jsonb_build_array(r.emoji, s.name, r.count) ORDER BY r.position)
       FROM backscroll.reactions AS r
       LEFT JOIN backscroll.participants AS s ON s.conversation_id = r.conversation_id AND s.id = r.participant_id
      WHERE r.conversation_id = m.conversation_id AND r.message_id = m.id) AS reactions,
    EXISTS (SELECT FROM backscroll.bookmarks AS b
             WHERE b.conversation_id = m.conversation_id AND b.message_id = m.id AND b.deleted_at IS NULL
               AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)) AS is_bookmarked,
    (SELECT count(*) FROM backscroll.annotations AS n
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS annotation_count,
    (SELECT array_agg(DISTINCT u.code) FROM backscroll.annotations AS n CROSS JOIN LATERAL unnest(n.codes) AS u (code)
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS codes
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
COMMENT ON VIEW backscroll.message_details IS 'A message with all that a screen draws of it. attachments: [file_name, mime_type, size, sha256, path]; reactions: [emoji, name, count], the name null where nobody is named and the count null where somebody is; codes: those of its annotations, null where there are none.';

ALTER TABLE backscroll.bookmarks
    ADD COLUMN last_write     uuid,
    ADD COLUMN conflicts_with uuid,
    ADD COLUMN words          tsvector NOT NULL DEFAULT '';
COMMENT ON COLUMN backscroll.bookmarks.last_write     IS 'The write that made it what it is, as one who changes it has seen it; null where there was none.';
COMMENT ON COLUMN backscroll.bookmarks.conflicts_with IS 'The bookmark that was changed elsewhere at the same time: what was written here is kept until a person settles it.';
COMMENT ON COLUMN backscroll.bookmarks.words          IS 'The words of its title and notes, as search has them.';
CREATE INDEX bookmarks_words ON backscroll.bookmarks USING gin (words) WHERE deleted_at IS NULL;
UPDATE backscroll.bookmarks AS b SET words = backscroll.search_vector(concat_ws(' ', b.title, b.notes), NULL, NULL);
-- A bookmark that was kept in a conflict stands beside the living one of its message.
DROP INDEX backscroll.bookmarks_message;
CREATE UNIQUE INDEX bookmarks_message ON backscroll.bookmarks (conversation_id, message_id, user_id)
    WHERE deleted_at IS NULL AND conflicts_with IS NULL;

CREATE TABLE backscroll.applied_writes (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES backscroll.users (id),
    kind       text        NOT NULL,
    outcome    text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX applied_writes_age ON backscroll.applied_writes USING brin (applied_at);
COMMENT ON TABLE  backscroll.applied_writes            IS 'Writes of people that were applied: each once, however often it is sent.';
COMMENT ON COLUMN backscroll.applied_writes.id         IS 'UUIDv7, made where the write was made.';
COMMENT ON COLUMN backscroll.applied_writes.user_id    IS 'Who sent it.';
COMMENT ON COLUMN backscroll.applied_writes.kind       IS 'What it was.';
COMMENT ON COLUMN backscroll.applied_writes.outcome    IS 'How it ended: applied, conflict or gone.';
COMMENT ON COLUMN backscroll.applied_writes.applied_at IS 'When.';
