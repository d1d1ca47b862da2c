-- What each import run brought, so that it can be taken back: a mark on every row that a run makes.
--
-- Nothing is rewritten: the column of messages has no default, and what was there before has no mark.

ALTER TABLE backscroll.import_runs
    ADD COLUMN number    integer GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN undone_at timestamptz,
    ADD CONSTRAINT import_runs_number UNIQUE (number),
    DROP CONSTRAINT import_runs_state_check,
    ADD CONSTRAINT import_runs_state_check
        CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'undoing', 'undone'));
COMMENT ON COLUMN backscroll.import_runs.number    IS 'What marks the rows that the run made: a number takes a quarter of the room of an id.';
COMMENT ON COLUMN backscroll.import_runs.undone_at IS 'When it was taken back; null where it was not, or not yet wholly.';
COMMENT ON COLUMN backscroll.import_runs.state     IS 'running, done, failed or cancelled; undoing while it is being taken back, then undone. The counts are those of the batches that were committed, also after it was taken back.';

ALTER TABLE backscroll.messages      ADD COLUMN run_number integer;
ALTER TABLE backscroll.attachments   ADD COLUMN run_number integer;
ALTER TABLE backscroll.reactions     ADD COLUMN run_number integer;
ALTER TABLE backscroll.conversations ADD COLUMN run_number integer;
ALTER TABLE backscroll.participants  ADD COLUMN run_number integer;
ALTER TABLE backscroll.threads       ADD COLUMN run_number integer;
COMMENT ON COLUMN backscroll.messages.run_number      IS 'Number of the import run that brought it; null for what is older than such marks.';
COMMENT ON COLUMN backscroll.attachments.run_number   IS 'Number of the import run that brought it; null for what is older than such marks.';
COMMENT ON COLUMN backscroll.reactions.run_number     IS 'Number of the import run that brought it; null for what is older than such marks.';
COMMENT ON COLUMN backscroll.conversations.run_number IS 'Number of the import run that brought it first; null for what is older than such marks.';
COMMENT ON COLUMN backscroll.participants.run_number  IS 'Number of the import run that brought it first; null for what is older than such marks.';
COMMENT ON COLUMN backscroll.threads.run_number       IS 'Number of the import run that brought it first; null for what is older than such marks.';

-- Leads to what a run brought by the keys of its chats, instead of an index entry for each of ten million messages.
CREATE TABLE backscroll.import_run_conversations (
    conversation_id  uuid    NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    run_number       integer NOT NULL REFERENCES backscroll.import_runs (number) ON DELETE CASCADE,
    messages         bigint  NOT NULL,
    first_message_at timestamptz,
    last_message_at  timestamptz,
    PRIMARY KEY (conversation_id, run_number)
);
CREATE INDEX import_run_conversations_run ON backscroll.import_run_conversations (run_number);
COMMENT ON TABLE  backscroll.import_run_conversations                  IS 'To which conversations each import run brought something, and between which times; a row goes when that is taken back.';
COMMENT ON COLUMN backscroll.import_run_conversations.conversation_id  IS 'The conversation.';
COMMENT ON COLUMN backscroll.import_run_conversations.run_number       IS 'The run.';
COMMENT ON COLUMN backscroll.import_run_conversations.messages         IS 'Messages added.';
COMMENT ON COLUMN backscroll.import_run_conversations.first_message_at IS 'sent_at of the oldest message added; null where none was.';
COMMENT ON COLUMN backscroll.import_run_conversations.last_message_at  IS 'sent_at of the newest message added; null where none was.';

-- A conversation goes when no message is left in it; what people wrote about it says where that was.
ALTER TABLE backscroll.bookmarks   ADD COLUMN quoted_conversation text;
ALTER TABLE backscroll.annotations ADD COLUMN quoted_conversation text;
COMMENT ON COLUMN backscroll.bookmarks.quoted_conversation   IS 'Title of the conversation, kept when that goes; null while it is there.';
COMMENT ON COLUMN backscroll.annotations.quoted_conversation IS 'Title of the conversation, kept when that goes; null while it is there.';
