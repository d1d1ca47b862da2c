-- Which text a run read whole, and how, so that what of it comes again need not be compared message by message.
ALTER TABLE backscroll.import_runs
    ADD COLUMN read_size   bigint,
    ADD COLUMN read_sha256 text,
    ADD COLUMN read_as     text;
COMMENT ON COLUMN backscroll.import_runs.read_size   IS 'Bytes of the one text that it read to its end; null where a longer export need not begin with the same messages, or where messages name files.';
COMMENT ON COLUMN backscroll.import_runs.read_sha256 IS 'Their digest, in hexadecimal.';
COMMENT ON COLUMN backscroll.import_runs.read_as     IS 'How they were read: by which program, by which choices, and what the text itself told.';
