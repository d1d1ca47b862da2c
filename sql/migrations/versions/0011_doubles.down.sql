-- Takes away how many messages of a run are perhaps there under another sender's name.
ALTER TABLE backscroll.import_runs DROP COLUMN doubles;
