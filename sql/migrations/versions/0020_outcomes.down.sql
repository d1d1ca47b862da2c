-- Lets a write end in any word again.
ALTER TABLE backscroll.applied_writes DROP CONSTRAINT applied_writes_outcome_check;
