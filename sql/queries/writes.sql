-- Writes of people: each is applied once.

-- name: begin
-- Notes that a write is being applied; no row where it was applied before. Whoever sends it at the same time waits here.
INSERT INTO backscroll.applied_writes (id, user_id, kind, outcome)
SELECT %(id)s::uuid, u.id, %(kind)s::text, 'applied'
FROM backscroll.users AS u
WHERE u.role = current_user
ON CONFLICT (id) DO NOTHING;

-- name: end
-- How it ended, where that was otherwise than thought.
UPDATE backscroll.applied_writes AS w SET outcome = %(outcome)s::text WHERE w.id = %(id)s::uuid;

-- name: forget_old
-- The present user's writes that no outbox sends again by itself any more (`writing/sender.py`).
DELETE FROM backscroll.applied_writes AS w
USING backscroll.users AS u
WHERE u.id = w.user_id AND u.role = current_user AND w.applied_at < now() - make_interval(days => %(days)s::int);

-- name: outcome
SELECT w.outcome FROM backscroll.applied_writes AS w WHERE w.id = %(id)s::uuid;
