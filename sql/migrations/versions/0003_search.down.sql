-- Takes away what search needs beside words.
DROP INDEX backscroll.participants_owner;
DROP INDEX backscroll.annotations_sent;
DROP INDEX backscroll.bookmarks_sent;
ALTER TABLE backscroll.reactions DROP COLUMN message_sent_at;
DROP INDEX backscroll.messages_answers;
DROP INDEX backscroll.messages_changed;
DROP INDEX backscroll.messages_kind;
DROP INDEX backscroll.messages_sender;
DROP FUNCTION backscroll.is_forwarded(jsonb);
