ALTER TABLE backscroll.saved_searches DROP COLUMN narrowed_to;
