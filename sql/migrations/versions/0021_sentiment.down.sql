-- Forgets how messages sound.
DELETE FROM backscroll.statistics_jobs WHERE kind = 'sentiment';
ALTER TABLE backscroll.statistics_jobs DROP CONSTRAINT statistics_jobs_kind_check;
ALTER TABLE backscroll.statistics_jobs
    ADD CONSTRAINT statistics_jobs_kind_check CHECK (kind IN ('conversation', 'archive'));
COMMENT ON COLUMN backscroll.statistics_jobs.kind       IS 'Whether it counts one conversation or the archive.';
COMMENT ON COLUMN backscroll.statistics_jobs.parameters IS '{"time_zone": name} and, for one conversation, "conversation": id.';
ALTER TABLE backscroll.month_statistics
    DROP COLUMN judged_by,
    DROP COLUMN positive,
    DROP COLUMN neutral,
    DROP COLUMN negative,
    DROP COLUMN unlisted,
    DROP COLUMN sentiment;
