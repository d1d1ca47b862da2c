-- Which text a run read whole, and how, so that what of it comes again need not be compared message by message.
ALTER TABLE backscroll.import_runs
    ADD COLUMN read_size   bigint,
    ADD COLUMN read_sha256 text,
    ADD COLUMN read_as     text;
COMMENT ON COLUMN backscroll.import_runs.read_size   IS 'Bytes of the one text that it read to its end; null where a longer export need not begin with the same messages, or where messages name files.';
COMMENT ON COLUMN backscroll.import_runs.read_sha256 IS 'Their digest, in hexadecimal.';
COMMENT ON COLUMN backscroll.import_runs.read_as     IS 'How they were read: by which program, by which choices, and what the text itself told.';
COMMENT ON COLUMN backscroll.import_runs.report IS 'What was read, as of the last batch that was committed, or, of more than 100 chats while it runs or where it was killed, of one a little before: {"zone_from": "option", "settings", "machine" or "file" (its times need no zone), "date_order_from": words or null, "remarks": [{"about", "text", "place"}], "unrecognised": [{"path", "reason"}], "chats": [{"id", "title", "messages", "participants", "first_message_at", "last_message_at", "missing_files", "gaps": [{"since", "until"}]}]}. Counts are of what was read, whether it was new or not; empty for runs older than this column.';
