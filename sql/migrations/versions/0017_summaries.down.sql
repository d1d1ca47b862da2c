-- Takes away what a summary is about, up to where it was made, and its links.
DROP TABLE backscroll.summary_links;
ALTER TABLE backscroll.summaries
    DROP CONSTRAINT summaries_status_check,
    DROP COLUMN scope, DROP COLUMN query, DROP COLUMN newest_sent_at, DROP COLUMN newest_id,
    DROP COLUMN tokens_in, DROP COLUMN tokens_out, DROP COLUMN price, DROP COLUMN is_masked;
COMMENT ON COLUMN backscroll.summaries.period_start  IS 'Beginning of the stretch; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.period_end    IS 'End of the stretch; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.message_count IS 'Messages that it was made from.';
COMMENT ON COLUMN backscroll.summaries.status        IS 'State that the source or the job gave it: completed, failed, ...';
