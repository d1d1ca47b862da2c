-- What search needs beside words: indexes for senders, kinds, states and answers, and when reactions were left.

CREATE FUNCTION backscroll.is_forwarded(raw jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN jsonb_exists_any(raw, ARRAY['forwarded', 'forwarded_from', 'is_forwarded', 'fwd_from'])
    OR jsonb_path_exists(raw, '$.attachments[*].is_share ? (@ == true)');
COMMENT ON FUNCTION backscroll.is_forwarded(jsonb) IS 'Whether a source''s own record says that the message was said elsewhere first.';

-- A sender belongs to one conversation. Nothing but the id: equal keys share an entry, so that the index stays small.
CREATE INDEX messages_sender  ON backscroll.messages (sender_id);
-- Most messages are text, unchanged, and answer nobody: these hold the others alone.
CREATE INDEX messages_kind    ON backscroll.messages (kind, sent_at) WHERE kind <> 'text';
CREATE INDEX messages_changed ON backscroll.messages (sent_at)
    WHERE is_edited OR is_deleted OR (raw IS NOT NULL AND backscroll.is_forwarded(raw));
CREATE INDEX messages_answers ON backscroll.messages (parent_sent_at, conversation_id, parent_id) WHERE parent_id IS NOT NULL;

-- A search walks quarter by quarter, so what hangs on messages has to be found by their time too.
ALTER TABLE backscroll.reactions ADD COLUMN message_sent_at timestamptz;
UPDATE backscroll.reactions AS r SET message_sent_at = m.sent_at
FROM backscroll.messages AS m WHERE m.conversation_id = r.conversation_id AND m.id = r.message_id;
DELETE FROM backscroll.reactions AS r WHERE r.message_sent_at IS NULL;
ALTER TABLE backscroll.reactions ALTER COLUMN message_sent_at SET NOT NULL;
COMMENT ON COLUMN backscroll.reactions.message_sent_at IS 'sent_at of the message.';
CREATE INDEX reactions_sent   ON backscroll.reactions (message_sent_at, conversation_id, message_id);
CREATE INDEX bookmarks_sent   ON backscroll.bookmarks (message_sent_at, conversation_id, message_id) WHERE deleted_at IS NULL;
CREATE INDEX annotations_sent ON backscroll.annotations (message_sent_at, conversation_id, message_id) WHERE deleted_at IS NULL;
CREATE INDEX participants_owner ON backscroll.participants (id) WHERE is_owner;
