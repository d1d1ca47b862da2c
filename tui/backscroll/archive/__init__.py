"""Everything that speaks to Postgres, and the only importer of psycopg."""
