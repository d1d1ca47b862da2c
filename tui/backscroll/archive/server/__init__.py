"""The PostgreSQL server that comes with Backscroll: private to its owner, started on demand, gone when unused."""
