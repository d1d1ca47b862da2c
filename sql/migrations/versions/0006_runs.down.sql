-- Takes away the marks of runs. Runs that were taken back are told as such that were cancelled.
ALTER TABLE backscroll.annotations DROP COLUMN quoted_conversation;
ALTER TABLE backscroll.bookmarks   DROP COLUMN quoted_conversation;
DROP TABLE backscroll.import_run_conversations;
ALTER TABLE backscroll.threads       DROP COLUMN run_number;
ALTER TABLE backscroll.participants  DROP COLUMN run_number;
ALTER TABLE backscroll.conversations DROP COLUMN run_number;
ALTER TABLE backscroll.reactions     DROP COLUMN run_number;
ALTER TABLE backscroll.attachments   DROP COLUMN run_number;
ALTER TABLE backscroll.messages      DROP COLUMN run_number;
UPDATE backscroll.import_runs SET state = 'cancelled' WHERE state IN ('undoing', 'undone');
ALTER TABLE backscroll.import_runs
    DROP CONSTRAINT import_runs_state_check,
    ADD CONSTRAINT import_runs_state_check CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
    DROP COLUMN undone_at,
    DROP COLUMN number;
COMMENT ON COLUMN backscroll.import_runs.state IS 'running, done, failed or cancelled; the counts are those of the batches that were committed.';
