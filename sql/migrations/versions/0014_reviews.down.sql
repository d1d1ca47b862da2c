DROP TABLE backscroll.review_decisions;
DROP TABLE backscroll.review_items;
DROP TABLE backscroll.reviews;
