-- What an import says of itself, so that it can be read again.

ALTER TABLE backscroll.import_runs ADD COLUMN report jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN backscroll.import_runs.report IS 'What was read, as of the last batch that was committed: {"zone_from": "option", "settings", "machine" or "file" (its times need no zone), "date_order_from": words or null, "remarks": [{"about", "text", "place"}], "unrecognised": [{"path", "reason"}], "chats": [{"id", "title", "messages", "participants", "first_message_at", "last_message_at", "missing_files", "gaps": [{"since", "until"}]}]}. Counts are of what was read, whether it was new or not; empty for runs older than this column.';
