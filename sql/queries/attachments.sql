-- Attachments: what is known of their files.

-- name: known
SELECT a.message_id, a.position, a.size, a.sha256, a.path
FROM unnest(%(conversations)s::uuid[], %(messages)s::uuid[], %(positions)s::smallint[]) AS k (conversation_id, message_id, position)
JOIN backscroll.attachments AS a
    ON a.conversation_id = k.conversation_id AND a.message_id = k.message_id AND a.position = k.position;

-- name: page
-- A page of all attachments, in the order of their key.
SELECT a.conversation_id, c.title, a.message_id, a.position, a.file_name, a.mime_type, a.size, a.sha256, a.path
FROM backscroll.attachments AS a
JOIN backscroll.conversations AS c ON c.id = a.conversation_id
WHERE (a.conversation_id, a.message_id, a.position)
      > (%(after_conversation)s::uuid, %(after_message)s::uuid, %(after_position)s::smallint)
ORDER BY a.conversation_id, a.message_id, a.position
LIMIT %(limit)s::int;

-- name: page_of_one
-- A page of one conversation's attachments, in the order of their key.
SELECT a.conversation_id, c.title, a.message_id, a.position, a.file_name, a.mime_type, a.size, a.sha256, a.path
FROM backscroll.attachments AS a
JOIN backscroll.conversations AS c ON c.id = a.conversation_id
WHERE a.conversation_id = %(after_conversation)s::uuid
  AND (a.message_id, a.position) > (%(after_message)s::uuid, %(after_position)s::smallint)
ORDER BY a.message_id, a.position
LIMIT %(limit)s::int;

-- name: stored
-- What lies in a store: relative paths begin with its folder.
SELECT DISTINCT a.sha256 FROM backscroll.attachments AS a WHERE a.path = 'attachments/' || left(a.sha256, 2) || '/' || substr(a.sha256, 3);

-- name: fill
-- What came without its file before, or with a file that is not where it was, and has it now.
UPDATE backscroll.attachments AS a
SET file_name = coalesce(a.file_name, k.file_name), mime_type = coalesce(a.mime_type, k.mime_type), size = k.size,
    sha256 = k.sha256, path = k.path
FROM unnest(%(conversations)s::uuid[], %(messages)s::uuid[], %(positions)s::smallint[], %(file_names)s::text[],
    %(mime_types)s::text[], %(sizes)s::bigint[], %(digests)s::text[], %(paths)s::text[])
    AS k (conversation_id, message_id, position, file_name, mime_type, size, sha256, path)
WHERE a.conversation_id = k.conversation_id AND a.message_id = k.message_id AND a.position = k.position
  AND (a.sha256, a.path) IS DISTINCT FROM (k.sha256, k.path);
