-- Reactions of which a source tells only how many there were, or more than it names.
ALTER TABLE backscroll.reactions
    DROP CONSTRAINT reactions_pkey,
    ALTER COLUMN participant_id DROP NOT NULL,
    ADD COLUMN count integer CHECK (count > 0),
    ADD CONSTRAINT reactions_named_or_counted CHECK ((participant_id IS NULL) = (count IS NOT NULL));
CREATE UNIQUE INDEX reactions_once ON backscroll.reactions (conversation_id, message_id, emoji, participant_id)
    NULLS NOT DISTINCT;
COMMENT ON TABLE  backscroll.reactions                IS 'Emoji that participants left on messages: a row for each person, and one for all where the source counts more than it names.';
COMMENT ON COLUMN backscroll.reactions.participant_id IS 'Who left it; null in the row that counts.';
COMMENT ON COLUMN backscroll.reactions.count          IS 'How many left it, those with rows of their own included; null in the row of a person.';

CREATE OR REPLACE VIEW backscroll.message_details AS
SELECT
    m.conversation_id, m.sent_at, m.id, m.tie, m.kind, m.body, m.sender_id, p.name AS sender,
    coalesce(p.is_owner, false) AS is_owner, m.thread_id, m.parent_id, m.is_edited, m.is_deleted,
    q.sent_at AS quote_sent_at, q.sender AS quote_sender, q.text AS quote_text,
    (SELECT jsonb_agg(jsonb_build_array(a.file_name, a.mime_type, a.size, a.sha256, a.path) ORDER BY a.position)
       FROM backscroll.attachments AS a
      WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id) AS attachments,
    (SELECT jsonb_agg(jsonb_build_array(r.emoji, s.name, r.count) ORDER BY r.position)
       FROM backscroll.reactions AS r
       LEFT JOIN backscroll.participants AS s ON s.conversation_id = r.conversation_id AND s.id = r.participant_id
      WHERE r.conversation_id = m.conversation_id AND r.message_id = m.id) AS reactions,
    EXISTS (SELECT FROM backscroll.bookmarks AS b
             WHERE b.conversation_id = m.conversation_id AND b.message_id = m.id AND b.deleted_at IS NULL
               AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)) AS is_bookmarked,
    (SELECT count(*) FROM backscroll.annotations AS n
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS annotation_count
FROM backscroll.messages AS m
LEFT JOIN backscroll.participants AS p ON p.conversation_id = m.conversation_id AND p.id = m.sender_id
LEFT JOIN LATERAL (
    SELECT o.sent_at, left(o.body, 200) AS text, w.name AS sender
      FROM backscroll.messages AS o
      LEFT JOIN backscroll.participants AS w ON w.conversation_id = o.conversation_id AND w.id = o.sender_id
     WHERE m.parent_id IS NOT NULL
       AND o.conversation_id = m.conversation_id AND o.sent_at = m.parent_sent_at AND o.id = m.parent_id
     LIMIT 1  -- a fence: flattened, it would be joined to the whole conversation
) AS q ON true;
COMMENT ON VIEW backscroll.message_details IS 'A message with all that a screen draws of it. attachments: [file_name, mime_type, size, sha256, path]; reactions: [emoji, name, count], the name null where nobody is named and the count null where somebody is.';
