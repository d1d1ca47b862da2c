-- Takes away earlier texts of messages.
ALTER TABLE backscroll.import_runs DROP COLUMN conflicts, DROP COLUMN updated;
DROP TABLE backscroll.message_versions;
ALTER TABLE backscroll.messages DROP COLUMN edited_at;
