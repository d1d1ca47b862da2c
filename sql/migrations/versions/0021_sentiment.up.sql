-- How the messages of a month sound, beside what else was counted of it: counting it anew forgets that, too.
ALTER TABLE backscroll.month_statistics
    ADD COLUMN judged_by text,
    ADD COLUMN positive  bigint NOT NULL DEFAULT 0,
    ADD COLUMN neutral   bigint NOT NULL DEFAULT 0,
    ADD COLUMN negative  bigint NOT NULL DEFAULT 0,
    ADD COLUMN unlisted  bigint NOT NULL DEFAULT 0,
    ADD COLUMN sentiment bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN backscroll.month_statistics.judged_by IS 'The word list that told how the messages sound, with its version; null in the row of everybody: they were not read for that.';
COMMENT ON COLUMN backscroll.month_statistics.positive  IS 'Messages that sound positive.';
COMMENT ON COLUMN backscroll.month_statistics.neutral   IS 'Messages with words that sound neither way.';
COMMENT ON COLUMN backscroll.month_statistics.negative  IS 'Messages that sound negative.';
COMMENT ON COLUMN backscroll.month_statistics.unlisted  IS 'Those of the neutral ones that have no word of the list.';
COMMENT ON COLUMN backscroll.month_statistics.sentiment IS 'Sum of what they sound like, each from -10000 to 10000.';

ALTER TABLE backscroll.statistics_jobs DROP CONSTRAINT statistics_jobs_kind_check;
ALTER TABLE backscroll.statistics_jobs
    ADD CONSTRAINT statistics_jobs_kind_check CHECK (kind IN ('conversation', 'archive', 'sentiment'));
COMMENT ON COLUMN backscroll.statistics_jobs.kind       IS 'Whether it counts one conversation, the archive, or how messages sound.';
COMMENT ON COLUMN backscroll.statistics_jobs.parameters IS '{"time_zone": name} and, where it is about one conversation, "conversation": id.';
