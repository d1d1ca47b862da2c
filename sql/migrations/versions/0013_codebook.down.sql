DROP TABLE backscroll.applied_writes;
-- What was kept in a conflict goes: the version before knows one bookmark a message.
DELETE FROM backscroll.bookmarks WHERE conflicts_with IS NOT NULL;
DROP INDEX backscroll.bookmarks_message;
CREATE UNIQUE INDEX bookmarks_message ON backscroll.bookmarks (conversation_id, message_id, user_id) WHERE deleted_at IS NULL;
ALTER TABLE backscroll.bookmarks DROP COLUMN last_write, DROP COLUMN conflicts_with, DROP COLUMN words;
ALTER TABLE backscroll.annotations DROP COLUMN end_sent_at, DROP COLUMN end_message_id, DROP COLUMN codes, DROP COLUMN author,
    DROP COLUMN last_write, DROP COLUMN conflicts_with, DROP COLUMN words;
DROP TABLE backscroll.code_changes;
DROP TABLE backscroll.codes;
