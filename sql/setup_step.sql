-- One step of setup.sql: carried out where the revision that was found is older, and recorded as Alembic does.
SELECT :'found' < left(:'step', 4) AS is_missing \gset
\if :is_missing
    \set file migrations/versions/ :step .up.sql
    \ir :file
    DELETE FROM backscroll.alembic_version;
    INSERT INTO backscroll.alembic_version (version_num) VALUES (left(:'step', 4));
\endif
