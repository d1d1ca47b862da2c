-- The record of counting statistics.

-- name: schedule
-- A job about the same thing that is open already (its program was killed, or counts beside this one) is gone on with.
INSERT INTO backscroll.statistics_jobs AS j (id, kind, state, parameters)
VALUES (%(id)s::uuid, %(kind)s::text, 'scheduled', %(parameters)s::jsonb)
ON CONFLICT (kind, parameters) WHERE completed_at IS NULL DO UPDATE SET kind = excluded.kind
RETURNING j.id;

-- name: start
UPDATE backscroll.statistics_jobs AS j
SET state = 'running', started_at = now(), attempts = j.attempts + 1, done = 0, total = %(total)s::bigint
WHERE j.id = %(id)s::uuid AND j.completed_at IS NULL;

-- name: tell
-- In the transaction that stores what was counted.
UPDATE backscroll.statistics_jobs AS j SET done = j.done + %(done)s::bigint WHERE j.id = %(id)s::uuid;

-- name: finish
UPDATE backscroll.statistics_jobs AS j
SET state = %(state)s::text, error = %(error)s::text, completed_at = now()
WHERE j.id = %(id)s::uuid AND j.completed_at IS NULL;

-- name: newest
SELECT j.id, j.kind, j.state, j.parameters ->> 'time_zone' AS time_zone,
       (j.parameters ->> 'conversation')::uuid AS conversation_id, j.done, j.total, j.attempts, j.error, j.scheduled_at,
       j.started_at, j.completed_at
FROM backscroll.statistics_jobs AS j
ORDER BY j.scheduled_at DESC, j.id DESC
LIMIT %(limit)s::int;
