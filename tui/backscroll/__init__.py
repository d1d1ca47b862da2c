"""Backscroll: a terminal browser for conversations kept in PostgreSQL."""

__version__ = "0.1.0"
