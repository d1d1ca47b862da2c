-- How a write ended is one of three: the last column of states that the database did not check.
ALTER TABLE backscroll.applied_writes
    ADD CONSTRAINT applied_writes_outcome_check CHECK (outcome IN ('applied', 'conflict', 'gone'));
