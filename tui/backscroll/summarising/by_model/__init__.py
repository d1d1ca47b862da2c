"""Summaries by a language model that a person has configured; nothing else sends anything anywhere."""
