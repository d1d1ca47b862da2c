-- Earlier texts of messages.

-- name: of_message
-- The texts that a message had before, oldest first.
SELECT v.body AS text, v.is_deleted, v.edited_at, v.replaced_at
FROM backscroll.message_versions AS v
WHERE v.conversation_id = %(conversation)s::uuid AND v.message_id = %(message)s::uuid
ORDER BY v.replaced_at, v.digest;
