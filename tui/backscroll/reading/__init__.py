"""Reading one conversation: what of it is held, and where the reader stands."""
