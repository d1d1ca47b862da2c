-- The codes of a message are told once.

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
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS annotation_count,
    (SELECT array_agg(DISTINCT u.code) FROM backscroll.annotations AS n CROSS JOIN LATERAL unnest(n.codes) AS u (code)
      WHERE n.conversation_id = m.conversation_id AND n.message_id = m.id AND n.deleted_at IS NULL) AS codes
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
COMMENT ON VIEW backscroll.message_details IS 'A message with all that a screen draws of it. attachments: [file_name, mime_type, size, sha256, path]; reactions: [emoji, name, count], the name null where nobody is named and the count null where somebody is; codes: those of its annotations, null where there are none.';
