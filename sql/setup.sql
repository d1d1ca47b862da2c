-- Sets an archive up, or brings one up to date, with psql alone: psql DSN -f sql/setup.sql
--
-- It leaves what `backscroll db migrate` leaves, the recorded revision too, in one transaction: where anything fails,
-- nothing was done. It can be run again at any time. Each step of migrations/versions is named below, in its order.

\set AUTOCOMMIT on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set QUIET on
\encoding UTF8

BEGIN;
-- A program that migrates holds the same lock, so that one waits for the other.
SELECT pg_advisory_xact_lock(7021452208) \gset

DO $$
BEGIN
    IF current_setting('server_version_num')::int < 150000 THEN
        RAISE EXCEPTION 'An archive needs PostgreSQL 15 or newer';
    END IF;
END
$$;

SELECT to_regnamespace('backscroll') IS NULL AS is_new \gset
\if :is_new
    CREATE SCHEMA backscroll;
    COMMENT ON SCHEMA backscroll IS 'A Backscroll archive: conversations, and what people add to them.';
\endif
SELECT to_regclass('backscroll.alembic_version') IS NULL AS is_new \gset
\if :is_new
    CREATE TABLE backscroll.alembic_version (
        version_num varchar(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
\endif
SELECT coalesce(max(v.version_num), '') AS found FROM backscroll.alembic_version AS v \gset

\set step 0001_core
\ir setup_step.sql
\set step 0002_chat_list
\ir setup_step.sql
\set step 0003_search
\ir setup_step.sql
\set step 0004_languages
\ir setup_step.sql
\set step 0005_saved_searches
\ir setup_step.sql
\set step 0006_runs
\ir setup_step.sql
\set step 0007_import_reports
\ir setup_step.sql
\set step 0008_narrowed_searches
\ir setup_step.sql
\set step 0009_versions
\ir setup_step.sql
\set step 0010_counted_reactions
\ir setup_step.sql
\set step 0011_doubles
\ir setup_step.sql
\set step 0012_stored_files
\ir setup_step.sql
\set step 0013_codebook
\ir setup_step.sql
\set step 0014_reviews
\ir setup_step.sql
\set step 0015_read_files
\ir setup_step.sql
\set step 0016_borne_codes
\ir setup_step.sql
\set step 0017_summaries
\ir setup_step.sql
\set step 0018_statistics
\ir setup_step.sql
\set step 0019_syncing
\ir setup_step.sql
\set step 0020_outcomes
\ir setup_step.sql
\set step 0021_sentiment
\ir setup_step.sql

SELECT :'found' > left(:'step', 4) AS is_newer, :'found' <> '' AND :'found' < '0004' AS has_no_languages \gset
\if :is_newer
    DO $$
    BEGIN
        RAISE EXCEPTION 'This archive was made by a newer Backscroll' USING HINT = 'Take its setup.sql; nothing was changed.';
    END
    $$;
\endif
COMMIT;

SELECT v.version_num AS revision FROM backscroll.alembic_version AS v \gset
\echo 'The archive is at revision' :revision
\if :has_no_languages
    \echo '`backscroll db languages` lets search know the languages of the chats that are here.'
\endif
