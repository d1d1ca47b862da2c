-- The tests that a search puts together: each block is one condition on a message `m`, joined by AND, OR and NOT.
-- {names} are its values; {since} and {until} are the bounds of the step that asks, so that a table beside messages is
-- read for that stretch alone.

-- name: nothing
false

-- name: words
m.search @@ {query}::tsquery

-- name: sent_since
m.sent_at >= {moment}::timestamptz

-- name: sent_until
m.sent_at < {moment}::timestamptz

-- name: weekdays
date_part('isodow', m.sent_at AT TIME ZONE {zone}::text) = ANY ({days}::float8[])

-- name: hours
date_part('hour', m.sent_at AT TIME ZONE {zone}::text) = ANY ({hours}::float8[])

-- name: chats
m.conversation_id = ANY ({ids}::uuid[])

-- name: chats_titled
-- For titles of very many chats. IS TRUE, here and where very many others are asked for, keeps a list from being joined:
-- what is tested one by one stays in order, and a walk ends with its last hit.
(m.conversation_id IN (SELECT c.id FROM backscroll.conversations AS c WHERE c.title = ANY ({names}::text[]))) IS TRUE

-- name: chats_of_sources
(m.conversation_id IN (SELECT c.id FROM backscroll.conversations AS c WHERE c.source_id = ANY ({ids}::uuid[]))) IS TRUE

-- name: chats_in_language
(m.conversation_id IN (SELECT c.id FROM backscroll.conversations AS c WHERE c.language IS NOT DISTINCT FROM {language}::text)) IS TRUE

-- name: chats_with
-- For names of very many people.
(m.conversation_id IN (SELECT p.conversation_id FROM backscroll.participants AS p WHERE p.name = ANY ({names}::text[]))) IS TRUE

-- name: direct_chats_with
m.conversation_id IN (SELECT p.conversation_id FROM backscroll.participants AS p
    JOIN backscroll.conversations AS c ON c.id = p.conversation_id AND c.kind = 'direct'
    WHERE p.name = ANY ({names}::text[]))

-- name: threads
m.thread_id = ANY ({ids}::uuid[])

-- name: senders
m.sender_id = ANY ({ids}::uuid[])

-- name: senders_named
-- For names of very many people.
(m.sender_id IN (SELECT p.id FROM backscroll.participants AS p WHERE p.name = ANY ({names}::text[]))) IS TRUE

-- name: somebody
m.sender_id IS NOT NULL

-- name: mine
(m.sender_id IN (SELECT p.id FROM backscroll.participants AS p WHERE p.is_owner)) IS TRUE

-- name: pattern
m.body ~* {expression}::text

-- name: kind
m.kind = {kind}::text

-- name: not_text
-- What an index holds; a message with a file is never of the kind text.
m.kind <> 'text'

-- name: link
m.body ~* '(https?://|\mwww\.)'

-- name: image
m.kind = 'image' OR EXISTS (SELECT FROM backscroll.attachments AS a
    WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id AND starts_with(a.mime_type, 'image/'))

-- name: video
m.kind = 'video' OR EXISTS (SELECT FROM backscroll.attachments AS a
    WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id AND starts_with(a.mime_type, 'video/'))

-- name: audio
m.kind = 'audio' OR EXISTS (SELECT FROM backscroll.attachments AS a
    WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id AND starts_with(a.mime_type, 'audio/'))

-- name: file
m.kind = 'document' OR EXISTS (SELECT FROM backscroll.attachments AS a
    WHERE a.conversation_id = m.conversation_id AND a.message_id = m.id)

-- name: edited
m.is_edited

-- name: deleted
m.is_deleted

-- name: forwarded
m.raw IS NOT NULL AND backscroll.is_forwarded(m.raw)

-- name: reply
m.parent_id IS NOT NULL

-- name: identified
m.id BETWEEN {low}::uuid AND {high}::uuid

-- name: answer
(m.conversation_id, m.sent_at, m.id) IN (SELECT o.conversation_id, o.parent_sent_at, o.parent_id
    FROM backscroll.messages AS o
    WHERE o.parent_id IS NOT NULL AND o.parent_sent_at >= {since}::timestamptz AND o.parent_sent_at < {until}::timestamptz)

-- name: reaction
(m.conversation_id, m.sent_at, m.id) IN (SELECT r.conversation_id, r.message_sent_at, r.message_id
    FROM backscroll.reactions AS r
    WHERE r.message_sent_at >= {since}::timestamptz AND r.message_sent_at < {until}::timestamptz)

-- name: bookmark
(m.conversation_id, m.sent_at, m.id) IN (SELECT b.conversation_id, b.message_sent_at, b.message_id
    FROM backscroll.bookmarks AS b
    WHERE b.deleted_at IS NULL AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
      AND b.message_sent_at >= {since}::timestamptz AND b.message_sent_at < {until}::timestamptz)

-- name: note
(m.conversation_id, m.sent_at, m.id) IN (SELECT n.conversation_id, n.message_sent_at, n.message_id
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL
      AND n.message_sent_at >= {since}::timestamptz AND n.message_sent_at < {until}::timestamptz)

-- name: code
(m.conversation_id, m.sent_at, m.id) IN (SELECT n.conversation_id, n.message_sent_at, n.message_id
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL AND (n.category IS NOT NULL OR cardinality(n.codes) > 0)
      AND n.message_sent_at >= {since}::timestamptz AND n.message_sent_at < {until}::timestamptz)

-- name: coded
(m.conversation_id, m.sent_at, m.id) IN (SELECT n.conversation_id, n.message_sent_at, n.message_id
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL AND (n.category = ANY ({names}::text[]) OR n.codes && {ids}::uuid[])
      AND n.message_sent_at >= {since}::timestamptz AND n.message_sent_at < {until}::timestamptz)

-- name: noted
(m.conversation_id, m.sent_at, m.id) IN (SELECT n.conversation_id, n.message_sent_at, n.message_id
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL AND n.words @@ {query}::tsquery
      AND n.message_sent_at >= {since}::timestamptz AND n.message_sent_at < {until}::timestamptz
    UNION ALL
    SELECT b.conversation_id, b.message_sent_at, b.message_id
    FROM backscroll.bookmarks AS b
    WHERE b.deleted_at IS NULL AND b.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
      AND b.words @@ {query}::tsquery
      AND b.message_sent_at >= {since}::timestamptz AND b.message_sent_at < {until}::timestamptz)

-- name: tagged
(m.conversation_id, m.sent_at, m.id) IN (SELECT n.conversation_id, n.message_sent_at, n.message_id
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL AND n.tags && {names}::text[]
      AND n.message_sent_at >= {since}::timestamptz AND n.message_sent_at < {until}::timestamptz)

-- name: unread
NOT EXISTS (SELECT FROM backscroll.read_marks AS k
    WHERE k.conversation_id = m.conversation_id
      AND k.user_id = (SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user)
      AND (k.message_sent_at, k.message_id) >= (m.sent_at, m.id))
