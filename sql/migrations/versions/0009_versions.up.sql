-- Earlier texts of messages that were changed, and what a run found that was there already, but different.

ALTER TABLE backscroll.messages ADD COLUMN edited_at timestamptz;
COMMENT ON COLUMN backscroll.messages.edited_at IS 'When its sender changed it last; null where that never happened, or the source does not tell.';

CREATE TABLE backscroll.message_versions (
    conversation_id uuid        NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    digest          uuid        NOT NULL,
    body            text        NOT NULL,
    search_text     text,
    search          tsvector    NOT NULL,
    stemmed         text,
    is_edited       boolean     NOT NULL,
    is_deleted      boolean     NOT NULL,
    edited_at       timestamptz,
    replaced_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    run_number      integer     NOT NULL,
    PRIMARY KEY (conversation_id, message_id, digest)
);
COMMENT ON TABLE  backscroll.message_versions                 IS 'Texts that messages had before an import brought another: nothing that was said is lost. The present text is never among them.';
COMMENT ON COLUMN backscroll.message_versions.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.message_versions.message_sent_at IS 'sent_at of the message.';
COMMENT ON COLUMN backscroll.message_versions.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.message_versions.digest          IS 'MD5 of the text: each text of a message is kept once.';
COMMENT ON COLUMN backscroll.message_versions.body            IS 'The text.';
COMMENT ON COLUMN backscroll.message_versions.search_text     IS 'What messages.search_text was.';
COMMENT ON COLUMN backscroll.message_versions.search          IS 'What messages.search was; it comes back where the run that brought the next text is taken back.';
COMMENT ON COLUMN backscroll.message_versions.stemmed         IS 'What conversations.stemmed was: where it is another now, a text that comes back gets its stems anew.';
COMMENT ON COLUMN backscroll.message_versions.is_edited       IS 'Whether this text was itself a changed one.';
COMMENT ON COLUMN backscroll.message_versions.is_deleted      IS 'What messages.is_deleted was.';
COMMENT ON COLUMN backscroll.message_versions.edited_at       IS 'When its sender wrote this text, where that was a change and the source tells.';
COMMENT ON COLUMN backscroll.message_versions.replaced_at     IS 'When an import brought the next text.';
COMMENT ON COLUMN backscroll.message_versions.run_number      IS 'Number of the import run that brought the next text.';

ALTER TABLE backscroll.import_runs
    ADD COLUMN updated   bigint NOT NULL DEFAULT 0,
    ADD COLUMN conflicts bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN backscroll.import_runs.updated   IS 'Messages that were there with another text, or not yet edited or deleted, and are now as the export has them.';
COMMENT ON COLUMN backscroll.import_runs.conflicts IS 'Messages that were there at another time than the export says; they were left where they are.';
