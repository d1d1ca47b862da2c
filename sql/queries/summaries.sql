-- Stored summaries of a chat.

-- name: of_chat
-- Newest stretch first.
SELECT s.id, s.conversation_id, s.thread_id, s.period_start, s.period_end, s.text, s.message_count, s.participants,
       s.method, s.model, s.status, s.generated_at
FROM backscroll.summaries AS s
WHERE s.conversation_id = %(conversation)s::uuid
ORDER BY s.period_end DESC NULLS FIRST, s.generated_at DESC, s.id;

-- name: add
-- The same id again changes nothing.
INSERT INTO backscroll.summaries (conversation_id, id, thread_id, period_start, period_end, text, message_count,
    participants, method, model, status, generated_at)
VALUES (%(conversation_id)s::uuid, %(id)s::uuid, %(thread_id)s::uuid, %(period_start)s::timestamptz, %(period_end)s::timestamptz,
    %(text)s::text, %(message_count)s::bigint, %(participants)s::text[], %(method)s::text, %(model)s::text, %(status)s::text,
    %(generated_at)s::timestamptz)
ON CONFLICT (conversation_id, id) DO NOTHING;
