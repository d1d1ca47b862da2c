-- What a statement needs before it is run.

-- name: patience
-- For the transaction alone; a pooler's next client has its own again.
SELECT set_config('statement_timeout', %(milliseconds)s::text, true);
