-- Takes away saved searches and what was asked lately.
DROP TABLE backscroll.search_history;
DROP TABLE backscroll.saved_searches;
