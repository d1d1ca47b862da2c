-- What is done for quarters once an import, or its undoing, is through.

-- name: vacuum
-- Empties the word index's pending list, which is searched line by line, and says which pages all may see. No helpers for
-- the indexes: to start them takes longer than their work.
VACUUM (PARALLEL 0) {quarter};

-- name: analyse_quarter
-- The planner's figures, from a quarter of the usual sample: a third of the time, and the plans are the same.
SELECT set_config('default_statistics_target', '25', true);
ANALYZE {quarter} (conversation_id, sent_at, id, sender_id, thread_id, parent_sent_at, parent_id, kind, is_edited, is_deleted,
    search);

-- name: analyse_lists
ANALYZE backscroll.conversations, backscroll.participants, backscroll.threads, backscroll.attachments,
    backscroll.reactions, backscroll.conversation_days;
