-- Takes away which text a run read whole.
ALTER TABLE backscroll.import_runs DROP COLUMN read_size, DROP COLUMN read_sha256, DROP COLUMN read_as;
