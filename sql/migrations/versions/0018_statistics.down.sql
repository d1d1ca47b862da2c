-- Takes statistics away, with the record of counting them.
DROP TABLE backscroll.month_statistics;
DROP TABLE backscroll.statistics_jobs;
ALTER TABLE backscroll.conversation_days DROP COLUMN changed_at;
