-- What is done for quarters once an import, or its undoing, is through.

-- name: vacuum
-- Empties the word index's pending list, which is searched line by line, says which pages all may see, and gives the planner
-- its figures: of a smaller sample it plans a rare word of a large chat so that it takes three times as long. No helpers
-- for the indexes: to start them takes longer than their work.
VACUUM (ANALYZE, PARALLEL 0) {quarter} (conversation_id, sent_at, id, sender_id, thread_id, parent_sent_at, parent_id, kind,
    is_edited, is_deleted, search);

-- name: analyse_lists
ANALYZE backscroll.conversations, backscroll.participants, backscroll.threads, backscroll.attachments,
    backscroll.reactions, backscroll.conversation_days;
