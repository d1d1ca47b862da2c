-- Where messages stand that notes are about.

-- name: message
-- When the message was sent; no row where it is not there.
SELECT m.sent_at
FROM backscroll.messages AS m
WHERE m.conversation_id = %(conversation)s::uuid AND m.sent_at = %(sent_at)s::timestamptz AND m.id = %(message)s::uuid;

-- name: moved_message
-- The same where its time may have changed: asks every quarter.
SELECT m.sent_at
FROM backscroll.messages AS m
WHERE m.conversation_id = %(conversation)s::uuid AND m.id = %(message)s::uuid;
