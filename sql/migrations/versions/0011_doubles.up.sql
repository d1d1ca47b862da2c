-- How many messages of a run are perhaps there under another sender's name.
ALTER TABLE backscroll.import_runs ADD COLUMN doubles bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN backscroll.import_runs.doubles IS 'Messages added that say word for word what another sender says in the same minute: the export perhaps calls people by other names.';
