"""Mirrors the databases of chat systems into the archive, and follows them."""
