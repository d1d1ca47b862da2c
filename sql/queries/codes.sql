-- The codebook, and what was done to it.

-- name: codes
-- In use or not.
SELECT c.id, c.parent_id, c.name, c.colour, c.key, c.description, c.examples, c.position, c.merged_into, c.version,
       c.created_at, c.updated_at, c.retired_at
FROM backscroll.codes AS c;

-- name: uses
-- How many annotations bear each code itself, and it or one below it. Many annotations bear the same codes: these are
-- looked at once.
WITH RECURSIVE over (id, above) AS (
    SELECT c.id, c.id FROM backscroll.codes AS c
    UNION
    SELECT o.id, c.parent_id FROM over AS o JOIN backscroll.codes AS c ON c.id = o.above WHERE c.parent_id IS NOT NULL
), borne AS (
    SELECT n.codes, count(*) AS times
    FROM backscroll.annotations AS n
    WHERE n.deleted_at IS NULL AND n.conflicts_with IS NULL AND n.codes <> '{}'
    GROUP BY n.codes
), reached AS (
    SELECT o.above, b.times, bool_or(o.id = o.above) AS is_own
    FROM borne AS b
    CROSS JOIN LATERAL unnest(b.codes) AS u (code)
    JOIN over AS o ON o.id = u.code
    GROUP BY o.above, b.codes, b.times
)
SELECT r.above AS id, coalesce(sum(r.times) FILTER (WHERE r.is_own), 0)::bigint AS own, sum(r.times)::bigint AS whole
FROM reached AS r
GROUP BY r.above;

-- name: changed_at
-- When the codebook was last changed; null where it never was.
SELECT max(c.updated_at) FROM backscroll.codes AS c;

-- name: history
-- The newest first, after a cursor; %(code)s narrows to one code.
SELECT h.id, h.code_id, h.change, h.author, u.name AS "user", h.before, h.after, h.changed_at
FROM backscroll.code_changes AS h
JOIN backscroll.users AS u ON u.id = h.user_id
WHERE (%(code)s::uuid IS NULL OR h.code_id = %(code)s::uuid)
  AND (h.changed_at, h.id, h.code_id) < (%(changed_at)s::timestamptz, %(id)s::uuid, %(code_id)s::uuid)
ORDER BY h.changed_at DESC, h.id DESC, h.code_id DESC
LIMIT %(limit)s::int;

-- name: lock
-- One change of the codebook at a time: the rules look at the whole of it.
SELECT pg_advisory_xact_lock(7021452211);

-- name: begin
-- The moment of a change, once the lock is held, and whether this write was applied before.
SELECT clock_timestamp(), EXISTS (SELECT FROM backscroll.code_changes AS h WHERE h.id = %(write)s::uuid);

-- name: write
-- Makes a code, or gives it its new state.
INSERT INTO backscroll.codes AS c
    (id, parent_id, name, colour, key, description, examples, position, merged_into, version, created_at, updated_at, retired_at)
VALUES (%(id)s::uuid, %(parent_id)s::uuid, %(name)s::text, %(colour)s::text, %(key)s::text, %(description)s::text,
        %(examples)s::text, %(position)s::int, %(merged_into)s::uuid, %(version)s::int, %(created_at)s::timestamptz,
        %(updated_at)s::timestamptz, %(retired_at)s::timestamptz)
ON CONFLICT (id) DO UPDATE
    SET parent_id = excluded.parent_id, name = excluded.name, colour = excluded.colour, key = excluded.key,
        description = excluded.description, examples = excluded.examples, position = excluded.position,
        merged_into = excluded.merged_into, version = excluded.version, updated_at = excluded.updated_at,
        retired_at = excluded.retired_at;

-- name: place
-- Another place among the codes of its parent is no change of the code itself.
UPDATE backscroll.codes AS c SET position = %(position)s::int WHERE c.id = %(id)s::uuid;

-- name: tell
INSERT INTO backscroll.code_changes (id, code_id, user_id, author, change, before, after, changed_at)
SELECT %(write)s::uuid, %(code)s::uuid, u.id, %(author)s::text, %(change)s::text, %(before)s::jsonb, %(after)s::jsonb, %(moment)s::timestamptz
FROM backscroll.users AS u
WHERE u.role = current_user;

-- name: merge
-- Gives the annotations of a code to another one, those that were taken away too, and says which: of `joined` ones the
-- other code was there already.
WITH found AS (
    SELECT n.conversation_id, n.id, n.codes @> ARRAY[%(into)s::uuid] AS has_both
    FROM backscroll.annotations AS n
    WHERE n.codes @> ARRAY[%(code)s::uuid]
), given AS (
    UPDATE backscroll.annotations AS n
    SET codes = CASE WHEN f.has_both THEN array_remove(n.codes, %(code)s::uuid)
                     ELSE array_replace(n.codes, %(code)s::uuid, %(into)s::uuid) END,
        version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
    FROM found AS f
    WHERE n.conversation_id = f.conversation_id AND n.id = f.id
)
SELECT coalesce(array_agg(f.id) FILTER (WHERE NOT f.has_both), '{}') AS replaced,
       coalesce(array_agg(f.id) FILTER (WHERE f.has_both), '{}') AS joined
FROM found AS f;

-- name: merged
-- What the last merge of a code did to annotations.
SELECT h.before -> 'replaced' AS replaced, h.before -> 'joined' AS joined
FROM backscroll.code_changes AS h
WHERE h.code_id = %(code)s::uuid AND h.change = 'merged'
ORDER BY h.changed_at DESC, h.id DESC
LIMIT 1;

-- name: part
-- Gives a code back what a merge took from it, where nobody has changed that since.
UPDATE backscroll.annotations AS n
SET codes = CASE WHEN n.id = ANY (%(joined)s::uuid[]) THEN n.codes || %(code)s::uuid
                 ELSE array_replace(n.codes, %(into)s::uuid, %(code)s::uuid) END,
    version = n.version + 1, last_write = %(write)s::uuid, updated_at = now()
WHERE n.id = ANY (%(replaced)s::uuid[] || %(joined)s::uuid[])
  AND n.codes @> ARRAY[%(into)s::uuid] AND NOT n.codes @> ARRAY[%(code)s::uuid];
