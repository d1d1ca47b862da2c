-- Forgets what imports said of themselves; their counts stay.
ALTER TABLE backscroll.import_runs DROP COLUMN report;
