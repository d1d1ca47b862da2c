-- The archive as a whole: its revision, the locks that keep two programs apart, and its owner.

-- name: revision_table
SELECT to_regclass('backscroll.alembic_version')::text;

-- name: revision
SELECT v.version_num FROM backscroll.alembic_version AS v;

-- name: migration_lock
-- Held until the end of the transaction: a second program that migrates waits here.
SELECT pg_advisory_xact_lock(7021452208);

-- name: schema_exists
SELECT to_regnamespace('backscroll') IS NOT NULL;

-- name: create_schema
CREATE SCHEMA backscroll;

-- name: comment_schema
COMMENT ON SCHEMA backscroll IS 'A Backscroll archive: conversations, and what people add to them.';

-- name: user
SELECT u.id FROM backscroll.users AS u WHERE u.role = current_user;

-- name: add_user
INSERT INTO backscroll.users (id, role, name) VALUES (%(id)s::uuid, current_user, %(name)s::text)
ON CONFLICT (role) DO NOTHING;

-- name: server_version
SELECT current_setting('server_version');
