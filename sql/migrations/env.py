"""Alembic's environment: the program hands over an open connection; one transaction holds every step."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table_schema="backscroll", transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
